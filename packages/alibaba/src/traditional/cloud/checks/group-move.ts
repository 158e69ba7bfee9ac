import type { Target, TargetRef, Gateway, GatewayUse } from '@postern/core/internal/library';
import type { CheckInput, IntegrationView, LinkView, Outcome, Say } from '@postern/core/internal/check';
import {
  gatewayTraits,
  type About,
  accessibleOf,
  addressesOf,
  backendOf,
  blockEvidence,
  blockSet,
  fail,
  linkText,
  type MovedBackend,
  namesOf,
  othersText,
  part,
  publishedByOthers,
  readAddress,
  sortUses,
  standsInSubnets,
  thing,
  unknown,
  useEvidence,
  usesText,
  useText,
  withPart,
  aboutThings,
  defineCheck,
  gatewayId,
  unreadGateway,
  pass,
} from '@postern/core/internal/checks';

export const GROUP_MOVE_CODES = {
  OTHERS_PUBLISHED: fail('{message}', '{remedy}'),
  MOVE_NOT_KNOWN: unknown('the service allows the move of {gateway} to {replace}'),
  USE_NOT_KNOWN: unknown('the service allows the move of {gateway} to {replace}'),
  BACKEND_ELSEWHERE: fail(
    '{backend} is in {network}, and {linkText} connects to {networkId}. The service compares the two VPCs: it refuses to move {gateway}[if hasUse:  because of {useText}], and `postern apply` fails',
    'Change {use} to a backend in {networkId}, remove {use} from the group, or use a separate API group.',
  ),
  BACKEND_NOT_READ: unknown('{backend} is inside the accessible blocks of {replace}'),
  BACKEND_OUTSIDE_BLOCKS: fail(
    '{backend} is [if isAddress: |at {outside}, ]outside the accessible blocks of {linkText} and the service reports "instance cannot connect the backend {outside}": it refuses to move {gateway}[if hasUse:  because of {useText}], and `postern apply` fails',
    'Add the block of {outside} to links.{link}.allowlist, remove {use} from the group, or use a separate API group.',
  ),
};

type GroupMoveSay = Say<typeof GROUP_MOVE_CODES>;

/**
 * What prevents the move of an API group to the link of an integration: APIs of other owners that are published in it, and what the
 * service checks before it moves a group. The checks of targets report the integration's own backends. Empty: no obstacle found.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function* moveOutcomes(
  say: GroupMoveSay,
  { spec }: Pick<CheckInput, 'spec'>,
  view: IntegrationView,
  gateway: Gateway,
  about: About,
): Generator<Outcome> {
  const { link } = view;
  const others = publishedByOthers(gateway, spec);
  if (others.length > 0) {
    const evidence = others
      .slice(0, 10)
      .map(({ id, key }) => ({ kind: 'route', id, text: `${key}, of another owner` }));
    const texts = othersText(gateway, { name: link.name, id: link.link?.id }, others);
    yield say.OTHERS_PUBLISHED(about, texts, evidence);
  }
  if (!standsInSubnets(link)) return;

  const { uses } = gateway;
  const { region } = link;
  if (uses === undefined) {
    const missing = region.missing('gateways', gateway.id) ?? {
      what: `the backends of ${gateway.id}`,
      remedy: 'Take a snapshot with `postern snapshot`, then check that snapshot.',
    };
    yield say.MOVE_NOT_KNOWN(about, { gateway: gateway.id, replace: replaceText(link) }, missing);
    return;
  }

  const { backends, untold } = sortUses(region, gateway.id, uses, spec.assume?.stageVariables);
  for (const use of untold) yield untoldUse(say, use, about, gateway, link);
  const declared = new Set(view.targets.map(({ spec: { ref } }) => refKey(ref)));
  for (const backend of backends) {
    if (backend.refs.length > 0 && backend.refs.every((ref) => declared.has(refKey(ref)))) continue;

    yield* backendOutcomes(say, view, gateway, backend, about);
  }
}

function untoldUse(say: GroupMoveSay, use: GatewayUse, about: About, gateway: Gateway, link: LinkView): Outcome {
  const missing = {
    what: `the backend of ${useText(use)}`,
    remedy: `Check the backend of ${use.name}${use.unreadable === undefined ? ', and write the values of its variables under assume.stageVariables' : ''}.`,
  };
  return say.USE_NOT_KNOWN(
    withPart(about, part(use.kind, use.id, useText(use))),
    { gateway: gateway.id, replace: replaceText(link) },
    missing,
  );
}

/** The service compares the VPC of each authorization, and requires each private address to be inside the accessible blocks. */
function* backendOutcomes(
  say: GroupMoveSay,
  view: IntegrationView,
  gateway: Gateway,
  { name, uses, target, refs }: MovedBackend & { readonly refs: readonly TargetRef[] },
  of: About,
): Generator<Outcome> {
  const { link } = view;
  const about = withPart(of, thing('backend', name));
  const used = { hasUse: uses.length > 0, useText: usesText(uses) };
  const use = uses.length === 0 ? name : namesOf(uses);
  const network = target?.networkId;
  if (network !== undefined && link.networkId !== undefined && network !== link.networkId) {
    const { networkId } = link;
    yield say.BACKEND_ELSEWHERE(
      about,
      { backend: name, network, linkText: linkText(link), networkId, gateway: gateway.id, ...used, use },
      [{ kind: 'authorization', id: name, text: `in ${network}` }, ...useEvidence(uses)],
    );
    return;
  }

  const accessible = accessibleOf(link);
  const set = blockSet(accessible.blocks.map(({ text }) => text));
  for (const ref of refs) {
    const found = addresses(view, ref, target);
    if (found.is === 'absent') continue;
    if (found.is === 'unknown') {
      yield say.BACKEND_NOT_READ(about, { backend: name, replace: replaceText(link) }, found.missing);
      continue;
    }

    const outside = found.value.find((text) => {
      const address = readAddress(text);
      return address === undefined || !set.has(address);
    });
    if (outside === undefined) continue;
    if (accessible.missing !== undefined) {
      yield say.BACKEND_NOT_READ(about, { backend: name, replace: replaceText(link) }, accessible.missing);
      continue;
    }

    const at = { backend: name, isAddress: name.includes(outside), outside, linkText: linkText(link) };
    yield say.BACKEND_OUTSIDE_BLOCKS(about, { ...at, gateway: gateway.id, ...used, link: link.name, use }, [
      { kind: 'address', id: outside, text: `of ${name}` },
      ...accessible.blocks.slice(0, 10).map((block) => blockEvidence(link, block)),
      ...useEvidence(uses),
    ]);
  }
}

function addresses(view: IntegrationView, ref: TargetRef, target: Target | undefined) {
  const backend = backendOf(view, { name: '', spec: { ref }, target, routeKeys: [] });
  return backend === undefined ? { is: 'absent' as const } : addressesOf(backend);
}

/** The same key for all references to one backend. */
function refKey(ref: TargetRef): string {
  const named = ref['instance'] ?? ref['address'];
  return typeof named === 'string' ? `${named}:${ref.port}` : JSON.stringify(ref);
}

/** The link at the end of a sentence. */
function replaceText(link: LinkView): string {
  return linkText(link).replace(/,$/, '');
}

export const gatewayLocked = defineCheck({
  id: 'gateway/locked',
  severity: 'error',
  title: 'The gateway is not locked by the provider',
  about:
    'Alibaba Cloud locks an API group for an overdue bill or a suspected breach of law. A locked group cannot be changed or moved, and its calls may be refused.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapigroup',
  ],
  codes: {
    GATEWAY_NOT_READ: unknown('{gateway} is locked'),
    LOCKED: fail(
      '{gateway} ({gatewayId}) is locked: {locked}',
      'Resolve the cause of the lock ({locked}) with Alibaba Cloud, then check again.',
    ),
    LOCK_NOT_READ: unknown('{gateway} is locked'),
    NOT_LOCKED: pass('{gateway} is not locked'),
  },
  *run(input, say) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      const isGroup = gatewayTraits(link.region.clouds, spec.gateway).movesAsOne;
      const unread = isGroup ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
        yield say.GATEWAY_NOT_READ(about, { gateway: gatewayId(spec.gateway) }, unread);
      }
      if (gateway === undefined || !link.region.clouds.gateway(gateway.kind).movesAsOne) continue;

      const about = aboutThings(name, thing('gateway', gateway.id));
      const evidence = [
        {
          kind: 'gateway',
          id: gateway.id,
          text: gateway.locked === undefined ? 'not locked' : `locked: ${gateway.locked}`,
        },
      ];
      const missing = link.region.missing('gateways', gateway.id);
      if (gateway.locked !== undefined) {
        yield say.LOCKED(
          about,
          { gateway: gateway.name || gateway.id, gatewayId: gateway.id, locked: gateway.locked },
          evidence,
        );
      } else if (missing !== undefined) yield say.LOCK_NOT_READ(about, { gateway: gateway.id }, missing, evidence);
      else yield say.NOT_LOCKED(about, { gateway: gateway.name || gateway.id }, evidence);
    }
  },
});
