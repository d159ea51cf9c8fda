/** One file of the world, as the child process attaches it. */
export interface SeedCatalog {
  name: string;
  path: string;
}

export interface SeedLimits {
  threads: number;
  memoryLimitMb: number;
  /** Where the engine may spill what outgrows its memory. */
  temporaryDirectory: string;
}

export interface BuildTask {
  task: 'build';
  catalogs: readonly SeedCatalog[];
  steps: readonly { title: string; path: string }[];
  limits: SeedLimits;
}

export interface ChecksumTask {
  task: 'checksums';
  catalogs: readonly SeedCatalog[];
  limits: SeedLimits;
}

export interface TableChecksum {
  rows: number;
  /** Sum over all rows of the row's hash: the same for the same rows in any order, and duplicates count. */
  checksum: string;
}

export type SeedReport =
  | { report: 'step'; step: number; title: string }
  | { report: 'done'; checksums?: Record<string, TableChecksum> }
  | { report: 'failed'; title: string; message: string };
