/** The expectation fits its kind but not this data: it becomes `errored`, the others are judged. */
export class CannotMeasure extends Error {}
