export type DocumentPath = readonly (string | number)[];

/** A parsed file that still knows where each of its values was written. */
export interface SourceDocument {
  value: unknown;
  /** Line of the value at the path, or of its nearest ancestor that is there. */
  lineOf(path: DocumentPath): number;
}

/** Collects issues with the line of what they speak of. */
export type Report = (path: DocumentPath, message: string, suggestion?: string) => void;

/** `expectations[2].kwargs.min_value`. */
export function pathText(path: DocumentPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    '',
  );
}
