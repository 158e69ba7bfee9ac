import type { Missing, TargetView } from '@postern/core/internal/check';
import { aboutTarget, defineCheck, fail, part, pass, undecided, unknown } from '@postern/core/internal/checks';
import { NACOS, sourceFor, sourcesOf, sourceState, type Source } from '../sources.js';
import { parseServiceRef } from '../targets.js';

const PAGE = 'https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/user-guide/create-service-source';
const IS = 'the state of source {source} of gateway {gateway} is {status|not reported}[ ({reason})]';
const DELETE = 'delete source {source} (Service > Source in the console)';

export const nacosSource = defineCheck({
  id: 'alibaba/nacos-source',
  severity: 'error',
  title: 'The gateway follows the registry of its target',
  about:
    'A gateway of Cloud-native API Gateway gets the instances of a service of Nacos from a source, which is an MSE Nacos instance. ' +
    'A source that is not associated gives no instances, and one that stays delays the synchronization of the other sources. So ' +
    'an invalid source that no target uses is a warning. A service without an instance that serves is a warning, because instances ' +
    'come and go. The service documents one state only, `ASSOCIATED`.',
  sources: [PAGE],
  unsettled: ['Which words other states have, and how a service without instances is shown. [U]'],
  codes: {
    SOURCES_NOT_READ: unknown('gateway {gateway} follows the registry of {service}'),
    SOURCE_NOT_KNOWN: undecided(
      'gateway {gateway} has {count} Nacos sources, and does not report which of them has {service}',
      'Write nacos.source with the ID of the source.',
      'note',
    ),
    STATE_NOT_KNOWN: undecided(
      `${IS}: whether the gateway gets the instances of {service} is not documented`,
      'Check source {source} in the console.',
    ),
    SOURCE_ABSENT: fail(
      'gateway {gateway} has no source {source|of Nacos}, from which {service} is',
      'Add the MSE Nacos instance as a source of gateway {gateway}.',
    ),
    SOURCE_INVALID: fail(
      `${IS}: the gateway does not get the instances of {service}`,
      `Check that the MSE Nacos instance {instance} runs in the VPC of the gateway. Otherwise ${DELETE}, and add it again.`,
    ),
    OTHER_INVALID: fail(
      `${IS}, which delays the synchronization of {service}`,
      `If no service needs it, ${DELETE}.`,
      'warning',
    ),
    NO_INSTANCE: fail(
      'gateway {gateway} finds no instance of {service} that serves[ ({reason})]',
      'Check the instances of {service} in Nacos, and its group and namespace in the spec.',
      'warning',
    ),
    FOLLOWED: pass('gateway {gateway} follows {service} in source {source}'),
  },
  *run(input, say) {
    for (const view of input.integrations) {
      const { link, region } = view.link;
      if (link === undefined) continue;

      for (const one of view.targets) {
        const service = registeredService(one);
        if (service === undefined) continue;

        const about = aboutTarget(view, one);
        const facts = { gateway: link.id, service };
        const sources = sourcesOf(link);
        if (sources === undefined) {
          yield say.SOURCES_NOT_READ(about, facts, region.missing('targets') ?? unread(link.id));
          continue;
        }

        const source = sourceOf(one, sources, link.id);
        if (source === undefined) {
          const count = sources.filter(({ type }) => type === NACOS).length;
          if (count === 0) yield say.SOURCE_ABSENT(about, { ...facts, source: undefined }, sourcesAt(link.id, sources));
          else yield say.SOURCE_NOT_KNOWN(about, { ...facts, count }, undefined, sourcesAt(link.id, sources));
        } else if (typeof source === 'string')
          yield say.SOURCE_ABSENT(about, { ...facts, source }, sourcesAt(link.id, sources));
        else {
          const of = { ...facts, ...factsOf(source) };
          const state = sourceState(source);
          if (state === 'invalid') yield say.SOURCE_INVALID(about, of, evidenceOf(source));
          else if (state === 'unknown') yield say.STATE_NOT_KNOWN(about, of, undefined, evidenceOf(source));
          else if (one.target?.health?.nativeState === 'Unhealthy')
            yield say.NO_INSTANCE(about, { ...facts, reason: one.target.health.reason }, evidenceOf(source));
          else yield say.FOLLOWED(about, { ...facts, source: source.id }, evidenceOf(source));
        }
        for (const other of sources)
          if (other !== source && sourceState(other) === 'invalid')
            yield say.OTHER_INVALID(
              aboutTarget(view, one, part('source', other.id)),
              { ...facts, ...factsOf(other) },
              evidenceOf(other),
            );
      }
    }
  },
});

const factsOf = ({ id, status, reason, instanceId }: Source) => ({
  source: id,
  status: status || undefined,
  reason: reason || undefined,
  instance: instanceId,
});

const evidenceOf = ({ id, status, name }: Source) => [
  { kind: 'source', id, text: [name, status || 'no state'].join(', ') },
];

const sourcesAt = (gatewayId: string, sources: readonly Source[]) => [
  { kind: 'gateway', id: gatewayId, text: `sources: ${sources.map(({ id }) => id).join(', ') || 'none'}` },
];

/** What a target of Nacos is called in messages. */
function registeredService({ target, spec }: TargetView): string | undefined {
  if (target?.registered !== undefined) return target.registered.service;
  if (target !== undefined || !('nacos' in spec.ref)) return undefined;

  const parsed = parseServiceRef(spec.ref);
  return parsed.kind === 'nacos' ? parsed.service : undefined;
}

/** The source of a target; its ID where the gateway has no such source; undefined where that cannot be told. */
function sourceOf(
  { target, spec }: TargetView,
  sources: readonly Source[],
  gatewayId: string,
): Source | string | undefined {
  const id = target?.registered?.source;
  if (id !== undefined) return sources.find((one) => one.id === id) ?? id;
  // The source that a spec names is where a service is created. One that exists may be of another.
  if (target !== undefined && sources.filter(({ type }) => type === NACOS).length > 1) return undefined;

  const parsed = 'nacos' in spec.ref ? parseServiceRef(spec.ref) : undefined;
  const found = parsed?.kind === 'nacos' ? sourceFor(parsed, sources, gatewayId) : undefined;
  return found !== undefined && 'source' in found ? found.source : undefined;
}

function unread(gatewayId: string): Missing {
  return {
    what: `the sources of ${gatewayId}`,
    remedy: 'Allow apig:ListSources for these credentials, then take the snapshot again.',
  };
}
