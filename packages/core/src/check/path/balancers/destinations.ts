import { targetHealthReasons, type NoMembers } from '../reasons/target-health.js';
import { loadBalancerReasons, calledTargetReasons } from '../reasons/load-balancer.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { Target, TargetRef } from '../../../do/model/target.js';
import type { Missing } from '../../../do/world/views.js';
import { followed, namedBy, registeredBy, targetKey, isPrivate } from '../../../do/kinds/id-kinds.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { askedFor, splitQuery } from '../../../do/model/discovered.js';
import { isPublicOnly } from './backend.js';
import { failStep, type End, unknownStep, type PathStep } from '../model/step.js';
import type { ListenerEntrance } from './load-balancer.js';
import { noMembers, settling } from './registrars.js';
import { notRunning } from '../machine.js';
import { primaryInterface } from '../sources/owners.js';
import { firstFamily, instanceEnd, interfaceEnd } from '../sources/interface-end.js';
import { balancerEnds, endsMissing } from '../sources/balancer-ends.js';
import { readSpan, spanText, type Span } from '../model/span.js';
import type { World } from '../model/world.js';

/** A load balancer that is called: one for all its addresses. */
interface CalledBalancer {
  readonly balancer: LoadBalancer;
  readonly listenerId: string | undefined;
  /** Its handling of a call, where that is the same for all callers; computed on first use. */
  entrance?: ListenerEntrance | undefined;
}

/** One address and port that calls to a target go to. */
export interface Destination {
  /** `10.20.1.7:443`. */
  readonly text: string;
  readonly port: number;
  readonly span: Span;
  /** The owner of the address, where that is known before the path of calls is. */
  readonly end?: End | undefined;
  readonly balancer?: CalledBalancer | undefined;
  /** Its network, as declared by the target. */
  readonly networkId?: string | undefined;
}

/** The destinations of calls to a target; `trouble` where they are unknown, or where none accepts calls. */
export interface Destinations {
  readonly ends: readonly Destination[];
  readonly trouble: readonly PathStep[];
}

/** Every address and port of a target. */
export function destinationsOf(world: World, target: Target): Destinations {
  switch (target.kind) {
    case 'listener':
      return ofBalancer(world, target.resourceId ?? '', target.port, target.id);
    case 'service':
      return ofService(world, target);
    case 'instance':
      return ofInstance(world, target.resourceId ?? '', target.port ?? 0);
    case 'address':
      return ofAddress(target.resourceId ?? target.id, target.port ?? 0, target.networkId);
    default:
      return target.endpoints === undefined ? none(unlisted(target)) : ofEndpoints(target.endpoints, target.networkId);
  }
}

/** Every address and port of a target that is created on demand, and does not exist yet. */
export function destinationsOfRef(world: World, given: TargetRef): Destinations {
  const ref = followed(given);
  if ('instance' in ref) return ofInstance(world, ref.instance, ref.port);
  if ('address' in ref && isPrivate(ref.address)) return ofAddress(ref.address, ref.port, undefined);
  if ('address' in ref) return ofEndpoints([`${ref.address}:${ref.port}`], undefined);
  if ('addresses' in ref)
    return ofEndpoints(
      ref.addresses.map((one) => `${one}:${ref.port}`),
      undefined,
    );
  if ('dnsName' in ref) return ofEndpoints([`${ref.dnsName}:${ref.port}`], undefined);

  // `target/exists` reports what must exist.
  const { mustExist } = world.index.clouds.target(targetKey(given));
  if (mustExist === true || 'listener' in ref || 'service' in ref) return { ends: [], trouble: [] };

  return none(unlisted({ kind: targetKey(given), id: namedBy(given) }));
}

/** A target of a kind that a cloud brings, and that does not list where it leads to. */
function unlisted({ kind, id }: Pick<Target, 'kind' | 'id'>): PathStep {
  const remedy = `Check by hand what ${kind} ${id} leads to: no snapshot shows it.`;
  return unknownStep('path/route', 'target', { kind, id }, { what: `the endpoints of ${kind} ${id}`, remedy });
}

function ofBalancer(world: World, id: string, port: number | undefined, listenerId: string | undefined): Destinations {
  const found = world.index.find('loadBalancers', id);
  const what = { kind: 'load balancer', id };
  if (found.is !== 'found')
    return none(
      unknownStep(
        'path/load-balancer',
        'load balancer',
        what,
        found.is === 'unknown' ? found.missing : notRead(`load balancer ${id}`),
      ),
    );

  const called = port ?? (listenerId === undefined ? undefined : portOf(world, listenerId));
  if (called === undefined)
    return none(
      unknownStep(
        'path/load-balancer',
        'listener',
        { kind: 'listener', id: listenerId ?? id },
        notRead(`the port of ${listenerId ?? id}`),
      ),
    );

  const ends = balancerEnds(world, found.value);
  if (ends.length === 0 && isPublicOnly(found.value)) return none(publicOnly(id));
  if (ends.length === 0) {
    const missing =
      endsMissing(world, found.value) ??
      world.index.missing('interfaces') ??
      notRead(`the addresses of ${found.value.name}`);
    return none(unknownStep('path/load-balancer', 'load balancer', what, missing));
  }

  const more = endsMissing(world, found.value);
  const balancer: CalledBalancer = { balancer: found.value, listenerId };
  return {
    ends: ends.map((end) => ({
      text: `${end.text}:${called}`,
      port: called,
      span: end.span,
      end,
      balancer,
      networkId: end.networkId,
    })),
    trouble: more === undefined ? [] : [unknownStep('path/load-balancer', 'load balancer', what, more)],
  };
}

function portOf({ index }: World, listenerId: string): number | undefined {
  const listener = index.find('listeners', listenerId);
  return listener.is === 'found' ? listener.value.port : undefined;
}

function ofInstance(world: World, id: string, port: number): Destinations {
  const { index } = world;
  const balancer = index.find('loadBalancers', id);
  if (balancer.is === 'found') return ofBalancer(world, id, port, undefined);

  const found = index.region.instances === undefined ? undefined : index.find('instances', id);
  if (found?.is === 'found') {
    const instance = found.value;
    const [span] = firstFamily(instance.addresses);
    if (span === undefined)
      return none(
        unknownStep(
          'path/route',
          'target',
          { kind: 'instance', id },
          refusedOr(index, 'instances', id, notRead(`the address of ${id}`)),
        ),
      );
    if (instance.state === 'stopped') return none(notRunning(id, instance.nativeState));

    const end = instanceEnd(world, instance, span);
    return { ends: [{ text: `${end.text}:${port}`, port, span, end, networkId: end.networkId }], trouble: [] };
  }

  const own = primaryInterface(world, id);
  const [span] = own?.is === 'found' ? firstFamily(own.value.addresses) : [];
  if (own?.is === 'found' && span !== undefined) {
    const end = interfaceEnd(world, own.value, span);
    return { ends: [{ text: `${end.text}:${port}`, port, span, end, networkId: end.networkId }], trouble: [] };
  }

  const what = { kind: 'instance', id };
  if (own?.is === 'unknown') return none(unknownStep('path/route', 'target', what, own.missing));
  if (found?.is === 'unknown') return none(unknownStep('path/route', 'target', what, found.missing));
  if (found?.is === 'absent' && balancer.is === 'absent') return none(released(id));
  // It may be a load balancer: both have the same reference form.
  if (balancer.is === 'unknown') return none(unknownStep('path/load-balancer', 'target', what, balancer.missing));

  return none(unknownStep('path/route', 'target', what, notRead(`instance ${id}`)));
}

function ofAddress(address: string, port: number, networkId: string | undefined): Destinations {
  const span = readSpan(address);
  if (span === undefined)
    return none(unknownStep(undefined, 'target', { kind: 'address', id: address }, notRead(`the address ${address}`)));

  const text = span.family === 6 ? `[${spanText(span)}]:${port}` : `${spanText(span)}:${port}`;
  return { ends: [{ text, port, span, networkId }], trouble: [] };
}

/** Each address of a set, and the addresses of a name, which no snapshot of a network shows. */
function ofEndpoints(endpoints: readonly string[], networkId: string | undefined): Destinations {
  const parts = endpoints.map((text) => {
    const [, host = text, port = '0'] = /^(.*):(\d+)$/.exec(text) ?? [];
    const isName = readSpan(host) === undefined;
    if (isName) return none(unresolvedName(host));

    return isPrivate(host) ? ofAddress(host, Number(port), networkId) : none(onInternet(host));
  });
  return { ends: parts.flatMap(({ ends }) => ends), trouble: parts.flatMap(({ trouble }) => trouble) };
}

/** `target/internet` reports it. */
function onInternet(host: string): PathStep {
  const remedy = 'See the finding of `target/internet`.';
  return unknownStep(
    undefined,
    'target',
    { kind: 'address', id: host },
    { what: `the path to ${host}, which is public`, remedy },
  );
}

function unresolvedName(host: string): PathStep {
  const remedy = `Resolve ${host} in the network of the link, and write its addresses (addresses: […]) in place of the name to have them checked.`;
  return unknownStep('path/route', 'target', { kind: 'name', id: host }, { what: `the addresses of ${host}`, remedy });
}

/** Discovery returns the instances that match the target's query and are not unhealthy, by their IPv4 addresses. */
function ofService(world: World, { id }: Target): Destinations {
  const [service, query] = splitQuery(id);
  const found = world.index.find('services', service);
  const what = { kind: 'service', id };
  const unread = (missing: Missing | undefined): Destinations =>
    none(unknownStep('path/load-balancer', 'target', what, missing ?? notRead(`the instances of ${id}`)));
  if (found.is !== 'found') return unread(found.is === 'unknown' ? found.missing : undefined);

  const { instances, name = id } = found.value;
  if (instances === undefined) return unread(world.index.missing('services', found.value.id));

  const starting = instances.length === 0 ? settling(world.index, found.value.id, []) : undefined;
  if (starting !== undefined) return unread(starting);

  const asked = askedFor(name, instances, query);
  const healthy = asked.instances.filter((one) => one.healthy !== false);
  if (healthy.length === 0 && asked.missing === undefined)
    return none(
      noTargetAnswers(
        id,
        name,
        asked.instances.length === 0,
        instances.length === 0 ? undefined : query,
        instances.length === 0 ? noMembers(world.index, found.value.id) : undefined,
      ),
    );

  const trouble: PathStep[] =
    asked.missing === undefined ? [] : [unknownStep('path/load-balancer', 'target', what, asked.missing)];
  const ends = healthy.flatMap((one): readonly Destination[] => {
    const address = one.address ?? one.ipv6Address;
    const span = address === undefined ? undefined : readSpan(address);
    if (span === undefined || one.port === undefined) {
      trouble.push(incomplete(world, id, one.id, span === undefined ? 'address' : 'port'));
      return [];
    }

    const text = span.family === 6 ? `[${spanText(span)}]:${one.port}` : `${spanText(span)}:${one.port}`;
    return [{ text, port: one.port, span }];
  });
  return { ends, trouble };
}

function none(step: PathStep): Destinations {
  return { ends: [], trouble: [step] };
}

function notRead(what: string): Missing {
  return {
    what,
    remedy:
      'Take the snapshot again with `postern snapshot` or `postern check`, which read the facts that checks need.',
  };
}

/** `target/instance-running` reports it. */
function released(id: string): PathStep {
  return failStep(undefined, 'target', () => ({
    kind: 'instance',
    id,
    text: 'does not exist',
    ...calledTargetReasons.INSTANCE_ABSENT({ instance: id }),
  }));
}

/** `target/intranet` reports it. */
function publicOnly(id: string): PathStep {
  return failStep(undefined, 'load balancer', () => ({
    kind: 'load balancer',
    id,
    text: 'has a public address only',
    ...loadBalancerReasons.BALANCER_PUBLIC({ balancer: id }),
  }));
}

function noTargetAnswers(
  id: string,
  name: string,
  empty: boolean,
  query: string | undefined,
  why: NoMembers | undefined,
): PathStep {
  const asked = query === undefined ? '' : ` with ${query}`;
  const text = `has no ${empty ? (query === undefined ? 'instances' : 'instance') : 'healthy instance'}${asked}`;
  return failStep('path/load-balancer', 'target health', () => ({
    kind: 'service',
    id,
    text,
    code: 'NO_POSSIBLE_DESTINATION',
    ...targetHealthReasons.SERVICE_UNHEALTHY({ service: name, empty, query, why }),
  }));
}

function incomplete({ index }: World, id: string, instance: string, what: 'address' | 'port'): PathStep {
  const attribute = registeredBy(index.clouds, index.region.provider, what);
  return failStep(undefined, 'target', () => ({
    kind: 'service',
    id,
    text: `instance ${instance} has no ${what}`,
    ...calledTargetReasons.REGISTRATION_INCOMPLETE({ instance, lacks: what, attribute }),
  }));
}
