/** The types of Pulumi that are of one cloud, by their tokens: `aws:ec2/vpc:Vpc`. */
export interface PulumiTypes {
  /** As types of the Terraform provider of which the package is a bridge. */
  readonly types: Readonly<Record<string, string>>;
  /** Former names of modules, which types still have. */
  readonly former?: readonly (readonly [former: string, now: string])[] | undefined;
  /**
   * Types that decide about paths, or may register targets, and that are not laid: by the beginning of their tokens. They come before
   * `types`.
   */
  readonly others: readonly (readonly [beginning: string, type: string | ((token: string) => string)])[];
  /** What a report says where a type changes that begins so. */
  readonly notes?: readonly (readonly [beginning: string, note: string])[] | undefined;
}

/** Types of no cloud that may register targets. */
const OF_NO_CLOUD: PulumiTypes['others'] = [
  ['kubernetes:', 'kubernetes_'],
  ['command:', 'shell_'],
];

/** The types of several clouds. */
export class PulumiTypeSet {
  readonly #types: ReadonlyMap<string, string>;
  readonly #former: NonNullable<PulumiTypes['former']>;
  readonly #others: PulumiTypes['others'];
  readonly #notes: NonNullable<PulumiTypes['notes']>;

  constructor(all: readonly PulumiTypes[]) {
    this.#types = new Map(all.flatMap(({ types }) => Object.entries(types)));
    this.#former = all.flatMap(({ former = [] }) => former);
    this.#others = [...all.flatMap(({ others }) => others), ...OF_NO_CLOUD];
    this.#notes = all.flatMap(({ notes = [] }) => notes);
  }

  /** `aws:ec2/securityGroup:SecurityGroup` is `aws_security_group`. Undefined: it does not decide about paths. */
  terraformType(token: string): string | undefined {
    const [, other] = this.#others.find(([beginning]) => token.startsWith(beginning)) ?? [];
    if (other !== undefined) return typeof other === 'string' ? other : other(token);

    const [former, now] = this.#former.find(([one]) => token.startsWith(one)) ?? ['', ''];
    return this.#types.get(now + token.slice(former.length));
  }

  /** What a report says where a type changes. */
  noteOn(token: string): string | undefined {
    return this.#notes.find(([beginning]) => token.startsWith(beginning))?.[1];
  }
}
