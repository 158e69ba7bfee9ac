import { canonicalJson } from '../../ground/hash.js';
import { argumentError } from '../forms/check-argument.js';
import type { EnsuredPart } from '../apply/ensure.js';
import type { RequestPlace } from './request-forms.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { AllowEntry, PortRange } from '../model/allowlist.js';
import { portRanges } from '../allowlist/allow-entries.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { LinkRef } from '../model/reference.js';
import type { Plan, Step } from '../plan/plan.js';
import type { IntegrationSpec, LinkSpec } from '../spec.js';
import { targetRef } from './ensure-target.js';
import { linkMember, linkPart, linkThere, stagedGateway, type RequestedSpec } from './parts.js';
import type { EnsureLink, EnsureTarget, LinkOrId } from './requests.js';
import type { EnsureRequest, Ensured } from './whole-request.js';

/** Whether a link of a request is one that is there. */
export const isReference = (link: unknown): link is LinkOrId =>
  typeof link === 'string' || (typeof link === 'object' && link !== null && 'id' in link);

/** What turns IDs of a request into references. */
export interface WholePlace extends Omit<RequestPlace, 'serves'> {
  readonly refOf: (link: LinkOrId) => LinkRef;
  readonly gatewayOf: (gateway: string | GatewaySpec) => GatewaySpec;
}

interface WholePart extends RequestedSpec {
  readonly integrations: Record<string, IntegrationSpec>;
}

type WantedTarget = EnsureTarget & { readonly link: string };

/** The gateways of the routes of a request, in one order for all calls. */
export function gatewaysOf({ routes = [] }: EnsureRequest, { gatewayOf }: WholePlace): readonly string[] {
  return [...new Set(routes.map(({ gateway }) => gatewayId(gatewayOf(gateway))))].toSorted();
}

/**
 * The parts of a spec that a request comes to. One integration has one gateway and the name of its target, as `ensureRoute` marks it: a
 * target with routes on two gateways is in two parts.
 */
export function wholeParts(request: EnsureRequest, place: WholePlace, timeoutMs?: number): readonly RequestedSpec[] {
  const { targets = {}, routes = [] } = request;
  const links = Object.fromEntries(
    Object.entries(request.links).map(([name, wanted]) => [name, wholeLink(request, place, name, wanted, timeoutMs)]),
  );
  const parts: WholePart[] = [];
  const partOf = (name: string, gateway: GatewaySpec): WholePart => {
    const of = canonicalJson(gateway);
    const found = parts.find(({ integrations }) => {
      const other = integrations[name];
      return other === undefined || canonicalJson(other.gateway) === of;
    });
    if (found !== undefined) return found;

    const places = (path: string) => ({ path: memberOf(request, place, added, path) });
    const added: WholePart = { links, integrations: {}, places };
    parts.push(added);
    return added;
  };
  for (const { gateway: given, key, target: name, settings } of routes) {
    const { link, tls, path, ...wanted } = targets[name] as WantedTarget;
    const gateway = stagedGateway(place, place.gatewayOf(given));
    const { integrations } = partOf(name, gateway);
    const before = integrations[name];
    integrations[name] = {
      link,
      gateway,
      targets: { [name]: { ref: targetRef(place.clouds, { ...wanted, name }), tls, path } },
      routes: { ...before?.routes, [key]: name },
      settings: settings === undefined ? before?.settings : { ...before?.settings, [key]: settings },
    };
  }
  const only = { links, integrations: {}, places: (path: string) => ({ path: memberOf(request, place, only, path) }) };
  return parts.length === 0 ? [only] : parts;
}

/** The member of a request that became what stands at a path of a part: `routes[0].gateway` for `integrations.orders.gateway`. */
function memberOf(
  { links, routes = [], allow = {} }: EnsureRequest,
  place: WholePlace,
  part: RequestedSpec,
  path: string,
): string {
  const [, section, name = '', rest = ''] = /^(links|integrations)\.([^.]+)\.?(.*)$/.exec(path) ?? [];
  if (section === 'links') {
    if (rest.startsWith('allowlist') && allow[name] !== undefined) return `allow.${name}`;

    return rest === '' || isReference(links[name]) ? `links.${name}` : `links.${name}.${linkMember(rest)}`;
  }
  if (section !== 'integrations') return path;

  const [, member = '', key] = /^(\w+)\.?(.*)$/.exec(rest) ?? [];
  if (member === 'link') return `targets.${name}.link`;
  if (member === 'targets' || member === '') return `targets.${name}`;

  const gateway = canonicalJson(part.integrations[name]?.gateway ?? null);
  const at = routes.findIndex(
    (one) =>
      one.target === name &&
      canonicalJson(stagedGateway(place, place.gatewayOf(one.gateway))) === gateway &&
      (member === 'gateway' || key?.startsWith(one.key)),
  );
  return `routes[${at}].${member === 'routes' ? 'key' : member}`;
}

function wholeLink(
  { allow = {} }: EnsureRequest,
  place: WholePlace,
  name: string,
  wanted: EnsureRequest['links'][string],
  timeoutMs: number | undefined,
): LinkSpec {
  if (isReference(wanted)) return linkThere(place, place.refOf(wanted));

  const link = linkPart(place, { ...wanted, name } as EnsureLink, timeoutMs).links[name] as LinkSpec;
  const { blocks, ports } = wantedBlocks(allow[name]);
  if (blocks.length === 0) return link;

  const own = ports === undefined ? link.allowPorts : Object.fromEntries(blocks.map((block) => [block, ports]));
  return { ...link, allowlist: [...new Set([...(link.allowlist ?? []), ...blocks])], allowPorts: own };
}

function wantedBlocks(wanted: NonNullable<EnsureRequest['allow']>[string] = []): {
  readonly blocks: readonly string[];
  readonly ports?: readonly PortRange[] | undefined;
} {
  if (!('cidrBlocks' in wanted)) return { blocks: wanted };

  const { cidrBlocks, ports } = wanted;
  return { blocks: cidrBlocks, ports: portRanges(ports === 'all' ? [] : ports) };
}

/**
 * Refuses a plan that opens all ports where the request did not ask for it: the port of a target is not known.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function refuseAllPorts({ allow = {} }: EnsureRequest): (plan: Plan) => void {
  return ({ units }) => {
    for (const { name, steps } of units) {
      const wanted = allow[name];
      if (wanted === undefined || 'cidrBlocks' in wanted) continue;

      const entries = steps.flatMap(
        ({ input }) => (input as { readonly entries?: readonly AllowEntry[] }).entries ?? [],
      );
      const isOpen = ({ protocol, fromPort, cidrBlock }: AllowEntry): boolean =>
        protocol === 'tcp' && fromPort === 0 && wanted.includes(cidrBlock);
      if (!entries.some(isOpen)) continue;

      throw argumentError('ensure', `allow.${name}`, {
        message: `the ports to open are not known: the port of a target of link ${name} is not known`,
        remedy: "Pass { cidrBlocks, ports: [443] }, or ports: 'all'.",
      });
    }
  };
}

/** The steps of a run as a result shows them. */
export const changesOf = (steps: readonly Step[]): Ensured['changes'] =>
  steps.map(({ input: _input, ...step }) => step);

/** What the parts of a request came to, as one. */
export function joined(parts: readonly EnsuredPart[]): EnsuredPart {
  return {
    links: new Map(parts.flatMap(({ links }) => [...links])),
    steps: parts.flatMap(({ steps }) => steps),
    notes: [...new Set(parts.flatMap(({ notes }) => notes))],
  };
}
