import { part, thing, withPart, type About } from '../../findings/subject.js';
import type { Gateway, GatewayUse } from '../../model/gateway.js';
import type { Target, TargetRef } from '../../model/target.js';
import { useEvidence, useText, type MovedBackend } from '../../world/uses/gateway-uses.js';
import { sortUses } from '../../world/uses/moved-backends.js';
import { othersText, publishedByOthers } from '../../kinds/group-link.js';
import { accessibleOf, blockEvidence } from '../cidr/accessible.js';
import type { CheckInput, IntegrationView } from '../../world/views.js';
import type { Outcome } from '../../findings/check.js';
import { kindOf, linkText } from '../../world/link-facts.js';
import { addressesOf, backendOf } from '../../network/balancers/backend.js';
import { blockSet, readHost } from '../../network/block-set.js';
import { fails, unsure } from '../../findings/outcome.js';

/**
 * What keeps an API group from being moved to the link of an integration: what others have published in it, and what the service
 * itself looks at before it moves a group. Of the integration's own backends the checks of targets tell. Empty: nothing is known
 * that does.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function* moveOutcomes(
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
      .map(({ id, key }) => ({ kind: 'route', id, text: `${key}, of somebody else` }));
    yield fails(about, { ...othersText(gateway, { name: link.name, id: link.link?.id }, others), evidence });
  }
  if (kindOf(link) !== 'integration-instance') return;
  const { uses } = gateway;
  const { region } = link;
  const whether = `the service lets ${gateway.id} move to ${linkText(link).replace(/,$/, '')}`;
  if (uses === undefined) {
    const missing = region.missing('gateways', gateway.id) ?? {
      what: `what of ${gateway.id} leads to a backend`,
      remedy: 'Take a snapshot with `postern snapshot`, and check that.',
    };
    yield unsure(about, whether, missing);
    return;
  }
  const { backends, untold } = sortUses(region, gateway.id, uses, spec.assume?.stageVariables);
  for (const use of untold) yield untoldUse(use, about, whether);
  const declared = new Set(view.targets.map(({ spec: { ref } }) => refKey(ref)));
  for (const backend of backends) {
    if (backend.refs.length > 0 && backend.refs.every((ref) => declared.has(refKey(ref)))) continue;
    yield* backendOutcomes(view, gateway, backend, about);
  }
}

function untoldUse(use: GatewayUse, about: About, whether: string): Outcome {
  const missing = {
    what: `where ${useText(use)} leads`,
    remedy: `Look at where ${use.name} leads${use.unreadable === undefined ? ', and write the values of its variables under assume.stageVariables' : ''}.`,
  };
  return unsure(withPart(about, part(use.kind, use.id, useText(use))), whether, missing);
}

/** The service compares the VPC of each authorisation, and asks for each private address inside the accessible blocks. */
function* backendOutcomes(
  view: IntegrationView,
  gateway: Gateway,
  { name, uses, target, refs }: MovedBackend & { readonly refs: readonly TargetRef[] },
  of: About,
): Generator<Outcome> {
  const { link } = view;
  const about = withPart(of, thing('backend', name));
  const [use] = uses;
  const because = use === undefined ? '' : ` because of ${useText(use)}`;
  const refused = `it refuses to move ${gateway.id}${because}, and \`postern apply\` fails`;
  const instead = `, take ${use?.name ?? name} out of the group, or use a group of your own`;
  const network = target?.networkId;
  if (network !== undefined && link.networkId !== undefined && network !== link.networkId) {
    yield fails(about, {
      message: `${name} is of ${network}, and ${linkText(link)} leads into ${link.networkId}. The service compares them: ${refused}`,
      evidence: [{ kind: 'authorisation', id: name, text: `in ${network}` }, ...useEvidence(uses)],
      remedy: `Lead ${use?.name ?? name} to a backend in ${link.networkId}${instead}.`,
    });
    return;
  }
  const accessible = accessibleOf(link);
  const set = blockSet(accessible.blocks.map(({ text }) => text));
  for (const ref of refs) {
    const found = addresses(view, ref, target);
    const whether = `${name} lies inside the accessible blocks of ${linkText(link).replace(/,$/, '')}`;
    if (found.is === 'absent') continue;
    if (found.is === 'unknown') {
      yield unsure(about, whether, found.missing);
      continue;
    }
    const outside = found.value.find((text) => {
      const address = readHost(text);
      return address === undefined || !set.has(address);
    });
    if (outside === undefined) continue;
    if (accessible.missing !== undefined) {
      yield unsure(about, whether, accessible.missing);
      continue;
    }
    yield fails(about, {
      message: `${name} ${name.includes(outside) ? 'lies' : `is at ${outside},`} outside of the accessible blocks of ${linkText(link)} and the service says "instance cannot connect the backend ${outside}": ${refused}`,
      evidence: [
        { kind: 'address', id: outside, text: `of ${name}` },
        ...accessible.blocks.slice(0, 10).map((block) => blockEvidence(link, block)),
        ...useEvidence(uses),
      ],
      remedy: `Add the block of ${outside} to links.${link.name}.allowlist${instead}.`,
    });
  }
}

function addresses(view: IntegrationView, ref: TargetRef, target: Target | undefined) {
  const backend = backendOf(view, { name: '', spec: { ref }, target, routeKeys: [] });
  return backend === undefined ? { is: 'absent' as const } : addressesOf(backend);
}

/** One backend, however it is named. */
function refKey(ref: TargetRef): string {
  if ('instance' in ref) return `${ref.instance}:${ref.port}`;
  return 'address' in ref ? `${ref.address}:${ref.port}` : JSON.stringify(ref);
}
