import { entryOf } from '../../ground/json.js';
import { InvalidInputError } from '../../ground/errors.js';
import { clouds, type Clouds } from '../../do/kinds/cloud/clouds.js';
import { ResourceTypeSet } from '../cloudformation/identity.js';
import { PulumiTypeSet } from '../pulumi/types.js';
import type { BlockSets } from '../declared/open.js';
import type { ImportTypes, PlansOfCloud, PlansOption, Row } from './plans-of-cloud.js';

/** What plans say about some clouds: each type of each tool is of one of them. */
export class PlanSet {
  readonly clouds: Clouds;
  readonly cloudFormation: ResourceTypeSet;
  readonly pulumi: PulumiTypeSet;
  readonly imports: ImportTypes;
  readonly scalingTypes: readonly string[];
  readonly #byProvider = new Map<string, PlansOfCloud>();
  readonly #byCloud = new Map<string, PlansOfCloud>();
  readonly #ranks: ReadonlyMap<string, number>;

  constructor(readonly all: readonly PlansOfCloud[]) {
    const claims = new Map<string, string>();
    for (const one of all) {
      for (const [what, claim] of claimsOf(one)) {
        const other = claims.get(`${what} ${claim}`);
        if (other !== undefined) throw claimedTwice(`${what} ${claim}`, other, one.cloud.name);

        claims.set(`${what} ${claim}`, one.cloud.name);
      }
      this.#byProvider.set(one.terraform.provider, one);
      this.#byCloud.set(one.cloud.name, one);
    }
    this.clouds = clouds(all.map(({ cloud }) => cloud));
    this.cloudFormation = new ResourceTypeSet(all.flatMap((one) => one.cloudFormation ?? []));
    this.pulumi = new PulumiTypeSet(all.flatMap((one) => one.pulumi ?? []));
    this.imports = {
      facts: Object.assign({}, ...all.map((one) => one.imports?.facts ?? {})) as ImportTypes['facts'],
      apis: Object.assign({}, ...all.map((one) => one.imports?.apis ?? {})) as ImportTypes['apis'],
    };
    this.scalingTypes = all.flatMap(({ terraform }) => terraform.scalingTypes ?? []);
    const types = all.flatMap(({ terraform }) => Object.keys(terraform.rows));
    this.#ranks = new Map(types.map((type, at) => [type, at] as const));
  }

  /** The cloud of a type of Terraform: types begin with the name of their provider, on whatever registry that is. */
  of(type: string): PlansOfCloud | undefined {
    const end = type.indexOf('_');
    return this.#byProvider.get(end < 0 ? type : type.slice(0, end));
  }

  named(cloud: string): PlansOfCloud | undefined {
    return this.#byCloud.get(cloud);
  }

  row(type: string): Row | undefined {
    const rows = this.of(type)?.terraform.rows ?? {};
    return entryOf(rows, type);
  }

  /** The sets among the blocks of a type. */
  sets(type: string): BlockSets | undefined {
    return this.row(type)?.sets;
  }

  /** The place of a type in the order in which types are laid. */
  rank(type: string): number {
    return this.#ranks.get(type) ?? 0;
  }
}

/**
 * The set of the clouds that a program gives.
 * @throws {InvalidInputError} `INVALID_INPUT` where it gives none, or two of them claim one type of a tool.
 */
export function planSet(options: Partial<PlansOption> | undefined): PlanSet {
  const { plans = [] } = options ?? {};
  if (plans.length > 0) return new PlanSet(plans);

  throw new InvalidInputError(
    'INVALID_INPUT',
    'no types of resources are given: `plans` is missing, or an empty list',
    {
      remedy:
        'Give the value `plans` of each cloud in a list, as the option `plans`. The entry `/plans` of its package has it.',
    },
  );
}

/** What of the types of each tool is of one cloud alone. */
function* claimsOf({ cloud, terraform, cloudFormation, pulumi }: PlansOfCloud): Generator<readonly [string, string]> {
  yield ['the name', cloud.name];
  yield ['the provider of Terraform', terraform.provider];
  for (const type of Object.keys(terraform.rows)) yield ['the type of Terraform', type];
  for (const type of Object.keys(cloudFormation?.types ?? {})) yield ['the type of CloudFormation', type];
  for (const [beginning] of cloudFormation?.others ?? []) yield ['the type of CloudFormation', beginning];
  for (const type of Object.keys(pulumi?.types ?? {})) yield ['the type of Pulumi', type];
  for (const [beginning] of pulumi?.others ?? []) yield ['the type of Pulumi', beginning];
}

function claimedTwice(claim: string, one: string, other: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `the plans of ${one} and of ${other} both have ${claim}`, {
    remedy: 'Give the plans of each cloud once, and each type in the plans of one cloud.',
  });
}
