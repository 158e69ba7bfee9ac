import { ensure, type CallTools, type EnsuredPart, type EnsureTools } from '../apply/ensure.js';
import { untilChangesShow } from '../apply/late-writes.js';
import { localWatches } from '../apply/local-run.js';
import type { Plan, Step } from '../plan/plan.js';
import { passedSince } from '../../ground/calls/write-fence.js';
import { recordedReach } from '../apply/reach.js';
import { argumentError } from '../forms/check-argument.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { CallOptions, EnsureOptions, EventOptions } from './call-options.js';
import { namesIn, namesOfSteps } from './own-writes.js';
import { remove, type Removal, type Removed } from './removal.js';
import { inRegion, type Session } from './session.js';
import { gatewayTraits, withStages } from '../kinds/cloud/gateway-kinds.js';
import { kindCreatedFrom } from '../kinds/cloud/link-kinds.js';
import { deployedStage } from '../kinds/gateway/gateway-spec.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { RouteSettings } from '../model/route.js';
import type { RequestPlace } from './request-forms.js';
import type { EnsureLink, LinkTarget } from './requests.js';

/** Makes sure of a part of a spec, as this session's own. */
export async function ensurePart(
  session: Session,
  part: RequestedSpec,
  options: EnsureOptions,
  how: Pick<EnsureTools, 'maxParallel' | 'review'> = {},
): Promise<EnsuredPart> {
  const { allowPurchase, onEvent, onNote = session.context.log } = options;
  const { own, context } = session;
  const names = namesIn(part);
  const recentMs = own.unseenMs(names);
  const passedMs = passedSince(context.clock);
  const all: EnsuredPart[] = [];
  for (;;) {
    const unseenMs = Math.max(0, recentMs - passedMs());
    const tools = { ...toolsOf(session, options), allowPurchase, onEvent, onNote, unseenMs, ...how };
    const made = await noting(session, names, () => ensure(specOf(session, part), tools), part);
    all.push(made);
    // Of what this session has just written, the plan may have seen what was before: as if nothing were to do.
    if (made.steps.length === 0 || unseenMs === 0) break;
  }
  return {
    links: new Map(all.flatMap(({ links }) => [...links])),
    steps: all.flatMap(({ steps }) => steps),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  };
}

/** Work that carries out steps. What it may have written, reads may not show yet. */
async function noting<T extends { readonly steps: readonly Step[] }>(
  { own }: Session,
  names: readonly string[],
  work: () => Promise<T>,
  part: RequestedSpec = { links: {}, integrations: {} },
): Promise<T> {
  try {
    const done = await work();
    own.note(namesOfSteps(done.steps, part));
    return done;
  } catch (error) {
    own.note(names);
    throw error;
  }
}

/** Removes what a plan of the region says. `name`: what is removed, as `OwnWrites` has it. */
export async function removePart(
  session: Session,
  options: EventOptions,
  name: string,
  removal: Removal,
): Promise<Removed> {
  const unseenMs = session.own.unseenMs([name]);
  const tools = { ...toolsOf(session, options), onEvent: options.onEvent, unseenMs };
  const removed = await noting(session, [name], () => remove(ownSpec(session), removal, tools));
  if (removed.steps.length > 0) session.own.note([name]);
  return removed;
}

/** Removes all that the session has, also where its journal shows that it has more. */
export async function removeAll(session: Session, options: EventOptions, removal: Removal): Promise<Removed> {
  const spec = ownSpec(session);
  const records = await session.journal.read();
  const { places } = recordedReach(records, spec);
  await untilChangesShow(records, session.ctx(options));
  return remove(spec, removal, { ...toolsOf(session, options), onEvent: options.onEvent }, places);
}

function ownSpec(session: Session): Spec {
  return inRegion(specOf(session, { links: {}, integrations: {} }), session.driver);
}

function specOf(session: Session, part: RequestedSpec): Spec {
  return { version: 1, ...session.claim(), ...part };
}

function toolsOf(session: Session, options: CallOptions): CallTools {
  const { drivers, context, journal } = session;
  const watches = (session.watches ??= localWatches({ context, journal, run: 'ensure' }));
  return { drivers, clouds: drivers.clouds, context: session.ctx(options), journal, watches };
}

/** @throws {InvalidInputError} `INVALID_INPUT` for a spec of another project or identity than the program's */
export function refuseOthers(session: Session, spec: Spec): void {
  for (const key of ['project', 'spec'] as const) {
    if (spec[key] === session[key]) continue;

    throw argumentError('ensure', key, {
      message: `\`${key}\` is ${spec[key]} in the spec, and ${session[key]} in the program`,
      remedy: `Give \`new PrivateIntegrations\` the \`${key}\` of the spec.`,
    });
  }
}

/** A spec whose links are waited for as long as the call says, where it does. */
export function withTimeout(spec: Spec, createMs: number | undefined): Spec {
  if (createMs === undefined) return spec;

  const waiting = (link: LinkSpec): LinkSpec => ({ ...link, timeouts: { ...link.timeouts, createMs } });
  const links = Object.entries(spec.links).map(([name, link]) => [name, waiting(link)]);
  return { ...spec, links: Object.fromEntries(links) };
}

/**
 * Refuses a plan that opens all ports to a block for which the spec names none: no target with a known port is on the link.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function refuseAllPorts({ links }: Spec): (plan: Plan) => void {
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

/** The links and integrations of a spec that names only what one call makes sure of. */
type RequestedSpec = Pick<Spec, 'links' | 'integrations'>;

type Place = Omit<RequestPlace, 'serves'>;

const placeOf = ({ provider, region }: Place): Pick<LinkSpec, 'provider' | 'region'> => ({ provider, region });

/**
 * The part of a spec that declares a link.
 * @throws {InvalidInputError} `INVALID_INPUT` where it is declared in no way, or in two.
 */
export function linkPart(place: Place, request: EnsureLink, timeoutMs?: number): RequestedSpec {
  const { name, tags = {}, ...wanted } = request;
  const { subnets, loadBalancer, securityGroups } = wanted;
  if ((subnets === undefined) === (loadBalancer === undefined)) {
    const what = subnets === undefined ? 'subnets is missing' : 'subnets and loadBalancer are both given';
    throw new InvalidInputError('INVALID_INPUT', `link ${name}: ${what}`, {
      place: { path: 'subnets' },
      details: { key: 'subnets' },
      remedy: 'Give subnets, or loadBalancer for a VPC link V1, and not both.',
    });
  }
  const timeouts = timeoutMs === undefined ? undefined : { createMs: timeoutMs };
  const kind = loadBalancer === undefined ? undefined : kindCreatedFrom(place.clouds, place.provider, 'loadBalancer');
  const isManaged = subnets !== undefined && securityGroups === undefined;
  const allowlist = wanted.allowlist ?? (isManaged ? [] : undefined);
  return { links: { [name]: { ...placeOf(place), kind, ...wanted, allowlist, timeouts, tags } }, integrations: {} };
}

/** The declaration of a link that is there, and that the call does not change. */
const linkThere = (place: Place, { kind, id }: Pick<LinkSpec, 'kind' | 'id'>): LinkSpec => ({
  ...placeOf(place),
  kind,
  id,
  owner: 'external',
  tags: {},
});

/**
 * The reference to a gateway with the stages that hold by default.
 * @throws {InvalidInputError} `INVALID_INPUT` where the stage of a REST API is missing.
 */
function stagedGateway({ clouds }: Pick<Place, 'clouds'>, gateway: GatewaySpec): GatewaySpec {
  const { title, stageIsNamed, ref, example } = gatewayTraits(clouds, gateway);
  if (stageIsNamed !== true || deployedStage(gateway) !== undefined) return withStages(clouds, gateway);

  throw new InvalidInputError('INVALID_INPUT', `the reference to ${title} names no stage to deploy to`, {
    remedy: `Give the stage, such as { ${ref}: '${example}', stage: 'prod' }.`,
  });
}

/**
 * The part of a spec that declares a route, through a link that is there.
 * @throws {InvalidInputError} `INVALID_INPUT` where the stage of a REST API is missing.
 */
export function routePart(
  place: Place,
  gateway: GatewaySpec,
  key: string,
  target: LinkTarget,
  settings: RouteSettings | undefined,
): RequestedSpec {
  const { name, linkId, linkKind, ref, tls, path } = target;
  const link = linkThere(place, { kind: linkKind, id: linkId });
  return {
    links: { [name]: link },
    integrations: {
      [name]: {
        link: name,
        gateway: stagedGateway(place, gateway),
        targets: { [name]: { ref, tls, path } },
        routes: { [key]: name },
        ...(settings === undefined ? {} : { settings: { [key]: settings } }),
      },
    },
  };
}
