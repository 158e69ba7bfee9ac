/**
 * Functions of an adapter whose code is loaded with the first call, so that importing the adapter and making a
 * driver cost little. `names` has the functions that exist: an optional one that is left out is missing in the
 * driver as well.
 */
export function doorsOnFirstCall<T extends object>(
  load: () => Promise<T>,
  names: { readonly [Name in keyof T]: true },
): T {
  const door =
    (name: string) =>
    async (...args: readonly unknown[]) => {
      const doors = (await load()) as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
      return doors[name]?.(...args);
    };
  return Object.fromEntries(Object.keys(names).map((name) => [name, door(name)])) as T;
}
