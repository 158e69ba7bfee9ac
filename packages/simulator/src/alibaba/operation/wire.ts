/**
 * The wire form of an official model. The models' members are in camelCase (`instanceId`), and in PascalCase
 * on the wire (`InstanceId`). Their base class has an index signature, so plain use of them checks nothing.
 * `Wire` strips it.
 */
export type Wire<T> = T extends (infer Item)[]
  ? Wire<Item>[]
  : T extends object
    ? {
        [
          K in keyof T as K extends string
            ? string extends K
              ? never
              : T[K] extends (...args: never) => unknown
                ? never
                : Capitalize<K>
            : never
        ]: Wire<T[K]>;
      }
    : T;
