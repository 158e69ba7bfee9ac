/**
 * The wire form of an official model. The models' members are camelCase (`instanceId`) and stand on the wire in PascalCase
 * (`InstanceId`); their base class has an index signature, so plain use of them checks nothing. `Wire` strips it, and every
 * member may be missing: what a cloud sends is a hope.
 */
export type Wire<T> = T extends (infer Item)[]
  ? readonly Wire<Item>[]
  : T extends object
    ? {
        readonly [
          K in keyof T as K extends string
            ? string extends K
              ? never
              : T[K] extends (...args: never) => unknown
                ? never
                : Capitalize<K>
            : never
        ]?: Wire<T[K]> | undefined;
      }
    : T;
