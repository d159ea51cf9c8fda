import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The place of one world under the warehouse directory, and the hidden names beside it on the same file system.
 * All methods are called under the build lock: whatever lies aside then belongs to a builder that died.
 */
export class WorldDirectory {
  readonly path: string;

  constructor(
    private readonly parent: string,
    private readonly name: string,
  ) {
    this.path = join(parent, name);
  }

  get lockPath(): string {
    return join(this.parent, `.${this.name}.lock`);
  }

  /** Removes what dead builders left; one that died between the two renames of `replaceWith` gets its old world back. */
  async recover(): Promise<void> {
    const aside = (await readdir(this.parent)).filter((entry) => this.isAside(entry));
    for (const entry of aside.filter((e) => e.startsWith(this.replacedPrefix)))
      if (!(await exists(this.path))) await rename(join(this.parent, entry), this.path);
    for (const entry of aside) await rm(join(this.parent, entry), { recursive: true, force: true });
  }

  async createAside(): Promise<string> {
    const path = join(this.parent, `${this.buildingPrefix}${randomUUID()}`);
    await mkdir(path);
    return path;
  }

  /**
   * Readers that hold the old files open go on reading them. Each file that is opened anew is whole, but who opens
   * several in this moment may get old and new ones, or for an instant none.
   */
  async replaceWith(aside: string): Promise<void> {
    const replaced = join(this.parent, `${this.replacedPrefix}${randomUUID()}`);
    const hadOne = await exists(this.path);
    if (hadOne) await rename(this.path, replaced);
    try {
      await rename(aside, this.path);
    } catch (error) {
      if (hadOne) await rename(replaced, this.path);
      throw error;
    }
    await rm(replaced, { recursive: true, force: true });
  }

  private get buildingPrefix(): string {
    return `.${this.name}.building-`;
  }

  private get replacedPrefix(): string {
    return `.${this.name}.replaced-`;
  }

  private isAside(entry: string): boolean {
    return entry.startsWith(this.buildingPrefix) || entry.startsWith(this.replacedPrefix);
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
