import type { Target, TargetRef } from '@postern/core';
import type { CheckInput, IntegrationView, LinkView, Outcome, SayText } from '@postern/core/check';
import {
  type About,
  accessibleOf,
  addressesOf,
  backendOf,
  blockEvidence,
  blockSet,
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
  useEvidence,
  usesText,
  useText,
  withPart,
} from '@postern/core/checks';
import type { Gateway, GatewayUse } from '@postern/core/snapshot';

export const GROUP_MOVE_CODES = [
  'OTHERS_PUBLISHED',
  'MOVE_NOT_KNOWN',
  'USE_NOT_KNOWN',
  'BACKEND_ELSEWHERE',
  'BACKEND_NOT_READ',
  'BACKEND_OUTSIDE_BLOCKS',
] as const;

/**
 * What prevents the move of an API group to the link of an integration: APIs of other owners that are published in it, and what the
 * service checks before it moves a group. The checks of targets report the integration's own backends. Empty: no obstacle found.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function* moveOutcomes(
  say: SayText,
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
    const { message, remedy } = othersText(gateway, { name: link.name, id: link.link?.id }, others);
    yield say.fail(about, 'OTHERS_PUBLISHED', { message, remedy }, (p) => ({
      message: p.message,
      remedy: p.remedy,
      evidence,
    }));
  }
  if (!standsInSubnets(link)) return;
  const { uses } = gateway;
  const { region } = link;
  if (uses === undefined) {
    const missing = region.missing('gateways', gateway.id) ?? {
      what: `the backends of ${gateway.id}`,
      remedy: 'Take a snapshot with `postern snapshot`, then check that snapshot.',
    };
    yield say.unknown(
      about,
      'MOVE_NOT_KNOWN',
      { gateway: gateway.id, replace: linkText(link).replace(/,$/, '') },
      missing,
      (p) => `the service allows the move of ${p.gateway} to ${p.replace}`,
    );
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

function untoldUse(say: SayText, use: GatewayUse, about: About, gateway: Gateway, link: LinkView): Outcome {
  const missing = {
    what: `the backend of ${useText(use)}`,
    remedy: `Check the backend of ${use.name}${use.unreadable === undefined ? ', and write the values of its variables under assume.stageVariables' : ''}.`,
  };
  return say.unknown(
    withPart(about, part(use.kind, use.id, useText(use))),
    'USE_NOT_KNOWN',
    { gateway: gateway.id, replace: linkText(link).replace(/,$/, '') },
    missing,
    (p) => `the service allows the move of ${p.gateway} to ${p.replace}`,
  );
}

/** The service compares the VPC of each authorization, and requires each private address to be inside the accessible blocks. */
function* backendOutcomes(
  say: SayText,
  view: IntegrationView,
  gateway: Gateway,
  { name, uses, target, refs }: MovedBackend & { readonly refs: readonly TargetRef[] },
  of: About,
): Generator<Outcome> {
  const { link } = view;
  const about = withPart(of, thing('backend', name));
  const network = target?.networkId;
  if (network !== undefined && link.networkId !== undefined && network !== link.networkId) {
    yield say.fail(
      about,
      'BACKEND_ELSEWHERE',
      {
        backend: name,
        network,
        linkText: linkText(link),
        networkId: link.networkId,
        gateway: gateway.id,
        hasUse: uses.length > 0,
        useText: usesText(uses),
        use: uses.length === 0 ? name : namesOf(uses),
      },
      (p) => ({
        message: `${p.backend} is in ${p.network}, and ${p.linkText} connects to ${p.networkId}. The service compares the two VPCs: it refuses to move ${p.gateway}${!p.hasUse ? '' : ` because of ${p.useText}`}, and \`postern apply\` fails`,
        remedy: `Change ${p.use} to a backend in ${p.networkId}, remove ${p.use} from the group, or use a separate API group.`,
        evidence: [{ kind: 'authorization', id: name, text: `in ${network}` }, ...useEvidence(uses)],
      }),
    );
    return;
  }
  const accessible = accessibleOf(link);
  const set = blockSet(accessible.blocks.map(({ text }) => text));
  for (const ref of refs) {
    const found = addresses(view, ref, target);
    if (found.is === 'absent') continue;
    if (found.is === 'unknown') {
      yield say.unknown(
        about,
        'BACKEND_NOT_READ',
        { backend: name, replace: linkText(link).replace(/,$/, '') },
        found.missing,
        backendNotRead,
      );
      continue;
    }
    const outside = found.value.find((text) => {
      const address = readAddress(text);
      return address === undefined || !set.has(address);
    });
    if (outside === undefined) continue;
    if (accessible.missing !== undefined) {
      yield say.unknown(
        about,
        'BACKEND_NOT_READ',
        { backend: name, replace: linkText(link).replace(/,$/, '') },
        accessible.missing,
        backendNotRead,
      );
      continue;
    }
    yield say.fail(
      about,
      'BACKEND_OUTSIDE_BLOCKS',
      {
        backend: name,
        isAddress: name.includes(outside),
        outside,
        linkText: linkText(link),
        gateway: gateway.id,
        hasUse: uses.length > 0,
        useText: usesText(uses),
        link: link.name,
        use: uses.length === 0 ? name : namesOf(uses),
      },
      (p) => ({
        message: `${p.backend} is ${p.isAddress ? '' : `at ${p.outside}, `}outside the accessible blocks of ${p.linkText} and the service reports "instance cannot connect the backend ${p.outside}": it refuses to move ${p.gateway}${!p.hasUse ? '' : ` because of ${p.useText}`}, and \`postern apply\` fails`,
        remedy: `Add the block of ${p.outside} to links.${p.link}.allowlist, remove ${p.use} from the group, or use a separate API group.`,
        evidence: [
          { kind: 'address', id: outside, text: `of ${name}` },
          ...accessible.blocks.slice(0, 10).map((block) => blockEvidence(link, block)),
          ...useEvidence(uses),
        ],
      }),
    );
  }
}

function addresses(view: IntegrationView, ref: TargetRef, target: Target | undefined) {
  const backend = backendOf(view, { name: '', spec: { ref }, target, routeKeys: [] });
  return backend === undefined ? { is: 'absent' as const } : addressesOf(backend);
}

/** The same key for all references to one backend. */
function refKey(ref: TargetRef): string {
  if ('instance' in ref) return `${ref.instance}:${ref.port}`;
  return 'address' in ref ? `${ref.address}:${ref.port}` : JSON.stringify(ref);
}

function backendNotRead({ backend, replace }: { readonly backend: string; readonly replace: string }): string {
  return `${backend} is inside the accessible blocks of ${replace}`;
}
