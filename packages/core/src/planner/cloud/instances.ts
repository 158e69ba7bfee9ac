/** A type of instance that is paid for by the hour. */
export interface InstanceType {
  readonly name: string;
  /** Undefined: not known. */
  readonly requestsPerSecond?: number | undefined;
  /** New HTTPS connections a second up to which the type is safe. */
  readonly newConnections?: number | undefined;
  /** US dollars an hour, pay-as-you-go. Undefined: not known. */
  readonly hour?: number | undefined;
}

/** The instances of a product whose gateway or link is one. */
export interface Instances {
  /** Smallest first. */
  readonly types: readonly [InstanceType, ...InstanceType[]];
  /** Whether the requests per second of the types are known, so that one can be chosen. */
  readonly capacity: 'known' | 'unknown';
  /** The page with `newConnections`. */
  readonly connectionsFrom?: string | undefined;
  /** What the smallest type is, behind its name: `, the smallest type with an SLA`. */
  readonly least?: string | undefined;
  readonly prices: {
    /** `2025-02`. */
    readonly asOf: string;
    readonly source: string;
    /** Where they apply: `the mainland of China`. */
    readonly place: string;
    readonly appliesIn: (region: string) => boolean;
    /** Parts of the bill whose price is not known. */
    readonly unknown?: readonly string[] | undefined;
    /** What a sum does not have in any case, as a sentence. */
    readonly without: string;
  };
}

/** The smallest type that carries so many requests per second; undefined where none does, or that is not known. */
export function typeFor({ types }: Instances, rate: number): InstanceType | undefined {
  return types.find(({ requestsPerSecond = -1 }) => requestsPerSecond >= rate);
}
