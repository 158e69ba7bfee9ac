import { abilityOf } from '../abilities.js';
import { argumentError } from '../forms/check-argument.js';
import { givenSpec, type AnySpec } from '../input/given-spec.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { AllowEntry } from '../model/allowlist.js';
import { linkRef } from '../model/reference.js';
import { planDestroy } from '../plan/destroy.js';
import type { Plan, Step } from '../plan/plan.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { EnsureOptions, ReleaseOptions } from './call-options.js';
import type { Ensured } from './ensured.js';
import { linkOf } from './calls.js';
import { checkCall } from './method-forms.js';
import { withLinksOfOthers, type Removal } from './removal.js';
import { ensurePart, removeAll } from './session-parts.js';
import type { Session } from './session.js';

/** Steps of one `ensure` at once; waiting links do not count. Calls are limited by the pace. */
const MAX_PARALLEL = 64;

export async function ensure(session: Session, wanted: AnySpec, options: EnsureOptions = {}): Promise<Ensured> {
  const given = givenSpec('ensure', wanted, session.drivers.clouds, session);
  checkCall(session.requestPlace, 'ensure', { options });
  refuseOthers(session, given);
  const spec = withTimeout(given, options.timeoutMs);
  for (const { id, owner } of Object.values(spec.links))
    if (owner === 'external' && typeof id === 'string') session.usedLinks.add(id);

  const how = { maxParallel: MAX_PARALLEL, review: refuseAllPorts(spec) };
  const gateways = [...new Set(Object.values(spec.integrations).map(({ gateway }) => gatewayId(gateway)))].toSorted();
  const made = await session.holding(options, gateways, () => ensurePart(session, spec, options, how));
  const links = Object.entries(spec.links).map(async ([name, link]) => {
    const driver = await session.drivers(link);
    const found = await linkOf(session, name, made, options, driver);
    if (link.owner === 'external') session.usedLinks.add(found.id);
    const egress = await abilityOf(driver, 'egress')(linkRef(found), session.ctx(options));
    return [name, { ...found, egress }] as const;
  });
  return { links: Object.fromEntries(await Promise.all(links)), changes: changesOf(made.steps), notes: made.notes };
}

export async function release(
  session: Session,
  options: ReleaseOptions = {},
): Promise<Pick<Ensured, 'changes' | 'notes'>> {
  checkCall(session.requestPlace, 'release', { options });
  const { deleteInstances, links = [] } = options;
  for (const link of links) session.usedLinks.add(session.refOf(link).id);
  const removal: Removal = (region, snapshot, spec, clouds) =>
    planDestroy(snapshot, withLinksOfOthers(spec, region, [...session.usedLinks]), { clouds, deleteInstances });
  const { steps, notes } = await session.alone(options, () => removeAll(session, options, removal));
  return { changes: changesOf(steps), notes };
}

/** @throws {InvalidInputError} `INVALID_INPUT` for a spec of another project or identity than the program's */
function refuseOthers(session: Session, spec: Spec): void {
  for (const key of ['project', 'spec'] as const) {
    if (spec[key] === session[key]) continue;

    throw argumentError('ensure', key, {
      message: `\`${key}\` is ${spec[key]} in the spec, and ${session[key]} in the program`,
      remedy: `Give \`new PrivateIntegrations\` the \`${key}\` of the spec.`,
    });
  }
}

/** A spec whose links are waited for as long as the call says, where it does. */
function withTimeout(spec: Spec, createMs: number | undefined): Spec {
  if (createMs === undefined) return spec;

  const waiting = (link: LinkSpec): LinkSpec => ({ ...link, timeouts: { ...link.timeouts, createMs } });
  const links = Object.entries(spec.links).map(([name, link]) => [name, waiting(link)]);
  return { ...spec, links: Object.fromEntries(links) };
}

/**
 * Refuses a plan that opens all ports to a block for which the spec names none: no target with a known port is on the link.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
function refuseAllPorts({ links }: Spec): (plan: Plan) => void {
  return ({ units }) => {
    for (const { name, steps } of units) {
      const { allowlist = [], allowPorts = {} } = links[name] ?? {};
      const entries = steps.flatMap(({ input }) => (input as { entries?: readonly AllowEntry[] }).entries ?? []);
      const isOpen = ({ protocol, fromPort, cidrBlock: block }: AllowEntry): boolean =>
        protocol === 'tcp' && fromPort === 0 && allowlist.includes(block) && !Object.hasOwn(allowPorts, block);
      if (!entries.some(isOpen)) continue;

      throw argumentError('ensure', `links.${name}.allowlist`, {
        message: `the ports to open are not known: link ${name} has no target whose port is known`,
        remedy: `Write them: { cidr: '${allowlist[0]}', ports: [443] }.`,
      });
    }
  };
}

/** The steps of a run as a result shows them. */
const changesOf = (steps: readonly Step[]): Ensured['changes'] => steps.map(({ input: _input, ...step }) => step);
