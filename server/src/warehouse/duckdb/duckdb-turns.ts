export interface Turn {
  /** Whether another statement ran at any time during this turn. */
  readonly hadCompany: boolean;
  end(): void;
}

/**
 * Statements run side by side, but one runs alone when its process died and nobody knows through whom: then, if it
 * dies again, it was this one, and otherwise the others' fault has cost it nothing.
 */
export class Turns {
  private readonly running = new Set<{ hadCompany: boolean }>();
  private alone = 0;
  private waiting: (() => void)[] = [];

  /** Who gives up waiting must still end the turn when it comes. */
  async take(isAlone: boolean): Promise<Turn> {
    if (isAlone) this.alone += 1;
    while (isAlone ? this.running.size > 0 : this.alone > 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    const place = { hadCompany: this.running.size > 0 };
    for (const other of this.running) other.hadCompany = true;
    this.running.add(place);
    return {
      get hadCompany() {
        return place.hadCompany;
      },
      end: () => {
        if (!this.running.delete(place)) return;
        if (isAlone) this.alone -= 1;
        const waiting = this.waiting;
        this.waiting = [];
        for (const wake of waiting) wake();
      },
    };
  }
}
