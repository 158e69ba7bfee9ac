/** What is made from an object once, and ends with it: an index, a memo. The function that makes it is its key. */
export type Derived<Owner> = <T>(make: (owner: Owner) => T) => T;

/** An object of one call that owns what is derived for it. */
export interface DerivedOwner {
  readonly derived: <T>(make: () => T) => T;
}

/** Starts empty. */
export function derivedFrom<O>(owner: () => O): Derived<O> {
  const made = new Map<(owner: O) => unknown, unknown>();
  return <T>(make: (owner: O) => T): T => {
    // The value of a function is what this function returned.
    const known = made.get(make) as T | undefined;
    if (known !== undefined) return known;
    const value = make(owner());
    made.set(make, value);
    return value;
  };
}
