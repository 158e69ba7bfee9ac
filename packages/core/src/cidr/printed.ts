/** A value that prints itself: in text, in JSON, and where Node shows a value. */
export abstract class Printed {
  abstract toString(): string;

  toJSON(): string {
    return this.toString();
  }

  /** By the name that Node looks for: https://nodejs.org/api/util.html#utilinspectcustom */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
