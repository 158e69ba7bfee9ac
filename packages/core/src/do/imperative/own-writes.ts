import type { Clock } from '../../ground/clock.js';
import { passedSince } from '../../ground/calls/write-fence.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { GatewaySpec } from '../model/gateway.js';
import { UNSEEN_MS } from '../model/read-bound.js';
import type { Step } from '../plan/plan.js';
import type { Spec } from '../spec.js';

/**
 * What a session has written, by its names for it. Until each read must show that, a look that finds nothing to do
 * proves nothing. What the session has not written, a look shows as it is for everyone.
 */
export class OwnWrites {
  readonly #clock: Clock;
  readonly #passedMs = new Map<string, () => number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** They were written now, or may have been. */
  note(names: readonly string[]): void {
    for (const name of names) this.#passedMs.set(name, passedSince(this.#clock));
  }

  /** How long reads may not show yet what was written of these names, in milliseconds. */
  unseenMs(names: readonly string[]): number {
    const left = names.map((name) => UNSEEN_MS - (this.#passedMs.get(name)?.() ?? UNSEEN_MS));
    return Math.max(0, ...left);
  }
}

export const routeName = (gateway: GatewaySpec, key: string): string => `route ${gatewayId(gateway)} ${key}`;

/** A block of an allowlist: of any link. */
export const blockName = (cidrBlock: string): string => `block ${cidrBlock}`;

/** A link, by its name or by its ID. */
export const linkName = (link: { readonly name: string } | { readonly id: string }): string =>
  'name' in link ? `link named ${link.name}` : `link ${link.id}`;

/** The names of all routes and links of a part of a spec, but for links that it does not change. */
export function namesIn({ links, integrations }: Pick<Spec, 'links' | 'integrations'>): readonly string[] {
  const own = Object.entries(links).filter(([, { owner }]) => owner !== 'external');
  return [
    ...own.map(([name]) => linkName({ name })),
    ...own.flatMap(([, { allowlist = [] }]) => allowlist.map(blockName)),
    ...Object.values(integrations).flatMap(({ gateway, routes }) =>
      Object.keys(routes).map((key) => routeName(gateway, key)),
    ),
  ];
}

/** The names of what steps have changed, of a part of a spec. */
export function namesOfSteps(
  steps: readonly Step[],
  { links, integrations }: Pick<Spec, 'links' | 'integrations'>,
): readonly string[] {
  const gateways = Object.values(integrations).map(({ gateway }) => gateway);
  return steps.flatMap(({ kind, resource: { type, name, id } }) => {
    if (type === 'route') return gateways.map((gateway) => routeName(gateway, name));

    const blocks = kind === 'create' || kind === 'allow' ? (links[name]?.allowlist ?? []).map(blockName) : [];
    if (type !== 'link') return blocks;

    return [linkName({ name }), ...(id === undefined ? [] : [linkName({ id })]), ...blocks];
  });
}
