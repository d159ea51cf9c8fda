import type { StatementStop } from './statement-stop.js';

/** At most so many statements inside; first come, first served. */
export class Places {
  inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly count: number) {}

  /** Waits for a place, which `leave` gives back. @throws the stop's error when it comes first */
  async enter(stop: StatementStop): Promise<void> {
    stop.throwIfStopped();
    if (this.inside < this.count) this.inside += 1;
    else await this.wait(stop);
  }

  /** Whoever leaves hands over the place, so `inside` stays as it is while others wait. */
  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.inside -= 1;
  }

  private async wait(stop: StatementStop): Promise<void> {
    let proceed = (): void => undefined;
    let isMine = false;
    const place = new Promise<void>((resolve) => {
      proceed = () => {
        isMine = true;
        resolve();
      };
    });
    this.waiting.push(proceed);
    try {
      await stop.race(place);
    } catch (error) {
      // The place may have come together with the stop.
      if (isMine) this.leave();
      else this.waiting.splice(this.waiting.indexOf(proceed), 1);
      throw error;
    }
  }
}
