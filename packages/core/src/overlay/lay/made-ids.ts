import { entryOf } from '../../ground/json.js';
import { formatAddress } from '../../cidr/ip-address.js';
import { rangeOf } from '../../cidr/range.js';
import { hashText } from '../../ground/hash.js';
import type { Instance } from '../declared/values.js';
import type { View } from '../draft/view.js';
import { cidrOf } from '../declared/cidr-blocks.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { PlansOfCloud } from '../rows/plans-of-cloud.js';

/** The IDs of what does not exist yet, which are made up: one for each thing, whatever names it. */
export class MadeIds {
  /** The address of each. */
  readonly symbols = new Map<string, string>();
  /** Those that are names of the configuration. */
  readonly words = new Set<string>();
  /** By the ID. */
  readonly #makers = new Map<string, Instance>();
  readonly #addresses = new Set<string>();
  readonly #made = new Map<Instance, Map<string, string | undefined>>();

  constructor(
    readonly set: PlanSet,
    readonly viewOf: (instance: Instance, of: PlansOfCloud) => View,
  ) {}

  /** The ID that an attribute of an instance will have; undefined where it has none, or it is not known. */
  of(instance: Instance, attribute: string): string | undefined {
    const of = this.set.of(instance.type);
    const row = this.set.row(instance.type);
    const form = entryOf(row?.ids ?? {}, attribute);
    if (of === undefined || form === undefined || instance.mode === 'data' || instance.after === undefined)
      return undefined;

    const made = this.#made.get(instance) ?? new Map<string, string | undefined>();
    this.#made.set(instance, made);
    if (made.has(attribute)) return made.get(attribute);

    made.set(attribute, undefined); // a circle of references ends here
    // One ID by whatever name it is asked for, and another one for another thing that is created with it.
    const name = attribute === 'arn' ? 'id' : (entryOf(row?.sameIds ?? {}, attribute) ?? attribute);
    const hash = hashText(`${instance.address} ${name}`);
    const view = this.viewOf(instance, of);
    const { last } = of.cloud.network.reserved?.subnets ?? { last: 0 };
    const id = form(view, hash, (subnetId) => this.#address(view, subnetId, last));
    made.set(attribute, id);
    if (id !== undefined) this.#makers.set(id, instance);
    if (id !== undefined && row?.isNamed === true) this.words.add(id);
    if (id !== undefined && !/^[\d./]+$/.test(id)) this.symbols.set(id, nameOf(instance, attribute));
    // A name that was made up for an ARN is shown by itself as well.
    const [part] = new RegExp(`(?<![a-z])[a-z]+-${hash.slice(0, 8)}(?![\\da-z])`).exec(id ?? '') ?? [];
    if (part !== undefined) this.symbols.set(part, nameOf(instance, attribute));
    return id;
  }

  /** An address at the end of a subnet, where the fewest are written. Rows have to ask whether it matters which one it is. */
  #address({ lookup: { place } }: View, subnetId: string, kept: number): string | undefined {
    const maker = this.#makers.get(subnetId);
    const of = maker && this.set.of(maker.type);
    const block =
      place.subnets.find(({ id }) => id === subnetId)?.cidrBlock ?? (of && this.viewOf(maker, of).text('cidr_block'));
    const prefix = cidrOf(block);
    if (prefix === undefined) return undefined;

    const taken = new Set([...this.#addresses, ...place.interfaces.flatMap(({ addresses }) => addresses)]);
    const { first, last } = rangeOf(prefix);
    for (let value = last.value - BigInt(kept); value > first.value; value -= 1n) {
      const text = formatAddress({ family: first.family, value });
      if (taken.has(text)) continue;

      this.#addresses.add(text);
      return text;
    }
    return undefined;
  }
}

/** What comes with a resource, such as the default security group of a network, is named by its attribute. */
function nameOf({ address }: Instance, attribute: string): string {
  return /^(?:default|main)_/.test(attribute) ? `${address}.${attribute}` : address;
}
