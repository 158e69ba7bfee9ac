import { stating, type Statement } from '../../findings/statement.js';
import type { groupMoveSays } from './words/group-move.words.js';
import { part, thing, withPart, type About } from '../../findings/subject.js';
import type { Gateway, GatewayUse } from '../../model/gateway.js';
import type { Target, TargetRef } from '../../model/target.js';
import { namesOf, useEvidence, usesText, useText, type MovedBackend } from '../../world/uses/gateway-uses.js';
import { sortUses } from '../../world/uses/moved-backends.js';
import { othersText, publishedByOthers } from '../../kinds/group-link.js';
import { accessibleOf, blockEvidence } from '../cidr/accessible.js';
import type { CheckInput, IntegrationView, LinkView } from '../../world/views.js';
import { linkText, standsInSubnets } from '../../world/link-facts.js';
import { addressesOf, backendOf } from '../../network/balancers/backend.js';
import { blockSet, readHost } from '../../network/block-set.js';

const { fails, unsure } = stating<typeof groupMoveSays>();

/**
 * What prevents the move of an API group to the link of an integration: APIs of other owners that are published in it, and what the
 * service checks before it moves a group. The checks of targets report the integration's own backends. Empty: no obstacle found.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function* moveOutcomes(
  { spec }: Pick<CheckInput, 'spec'>,
  view: IntegrationView,
  gateway: Gateway,
  about: About,
): Generator<Statement> {
  const { link } = view;
  const others = publishedByOthers(gateway, spec);
  if (others.length > 0) {
    const evidence = others
      .slice(0, 10)
      .map(({ id, key }) => ({ kind: 'route', id, text: `${key}, of another owner` }));
    const { message, remedy } = othersText(gateway, { name: link.name, id: link.link?.id }, others);
    yield fails(about, 'OTHERS_PUBLISHED', { params: { message, remedy }, evidence });
  }
  if (!standsInSubnets(link)) return;
  const { uses } = gateway;
  const { region } = link;
  if (uses === undefined) {
    const missing = region.missing('gateways', gateway.id) ?? {
      what: `the backends of ${gateway.id}`,
      remedy: 'Take a snapshot with `postern snapshot`, then check that snapshot.',
    };
    yield unsure(about, 'MOVE_NOT_KNOWN', { gateway: gateway.id, replace: linkText(link).replace(/,$/, '') }, missing);
    return;
  }
  const { backends, untold } = sortUses(region, gateway.id, uses, spec.assume?.stageVariables);
  for (const use of untold) yield untoldUse(use, about, gateway, link);
  const declared = new Set(view.targets.map(({ spec: { ref } }) => refKey(ref)));
  for (const backend of backends) {
    if (backend.refs.length > 0 && backend.refs.every((ref) => declared.has(refKey(ref)))) continue;
    yield* backendOutcomes(view, gateway, backend, about);
  }
}

function untoldUse(use: GatewayUse, about: About, gateway: Gateway, link: LinkView): Statement {
  const missing = {
    what: `the backend of ${useText(use)}`,
    remedy: `Check the backend of ${use.name}${use.unreadable === undefined ? ', and write the values of its variables under assume.stageVariables' : ''}.`,
  };
  return unsure(
    withPart(about, part(use.kind, use.id, useText(use))),
    'USE_NOT_KNOWN',
    { gateway: gateway.id, replace: linkText(link).replace(/,$/, '') },
    missing,
  );
}

/** The service compares the VPC of each authorization, and requires each private address to be inside the accessible blocks. */
function* backendOutcomes(
  view: IntegrationView,
  gateway: Gateway,
  { name, uses, target, refs }: MovedBackend & { readonly refs: readonly TargetRef[] },
  of: About,
): Generator<Statement> {
  const { link } = view;
  const about = withPart(of, thing('backend', name));
  const network = target?.networkId;
  if (network !== undefined && link.networkId !== undefined && network !== link.networkId) {
    yield fails(about, 'BACKEND_ELSEWHERE', {
      params: {
        backend: name,
        network,
        linkText: linkText(link),
        networkId: link.networkId,
        gateway: gateway.id,
        hasUse: uses.length > 0,
        useText: usesText(uses),
        use: uses.length === 0 ? name : namesOf(uses),
      },
      evidence: [{ kind: 'authorization', id: name, text: `in ${network}` }, ...useEvidence(uses)],
    });
    return;
  }
  const accessible = accessibleOf(link);
  const set = blockSet(accessible.blocks.map(({ text }) => text));
  for (const ref of refs) {
    const found = addresses(view, ref, target);
    if (found.is === 'absent') continue;
    if (found.is === 'unknown') {
      yield unsure(
        about,
        'BACKEND_NOT_READ',
        { backend: name, replace: linkText(link).replace(/,$/, '') },
        found.missing,
      );
      continue;
    }
    const outside = found.value.find((text) => {
      const address = readHost(text);
      return address === undefined || !set.has(address);
    });
    if (outside === undefined) continue;
    if (accessible.missing !== undefined) {
      yield unsure(
        about,
        'BACKEND_NOT_READ',
        { backend: name, replace: linkText(link).replace(/,$/, '') },
        accessible.missing,
      );
      continue;
    }
    yield fails(about, 'BACKEND_OUTSIDE_BLOCKS', {
      params: {
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
      evidence: [
        { kind: 'address', id: outside, text: `of ${name}` },
        ...accessible.blocks.slice(0, 10).map((block) => blockEvidence(link, block)),
        ...useEvidence(uses),
      ],
    });
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
