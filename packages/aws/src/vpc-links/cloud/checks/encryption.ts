import type { CheckInput, Outcome, RegionIndex, Say } from '@postern/core/internal/check';
import {
  aboutLink,
  type BackedTarget,
  backends,
  defineCheck,
  farInterface,
  groupsBehind,
  linkText,
  pass,
  unknown,
} from '@postern/core/internal/checks';

const CODES = {
  ENFORCED: unknown('{link} carries calls in {networkId}, which enforces encryption', 'warning'),
  TARGET_ENFORCED: unknown('calls reach the target {target} in {networkId}, which enforces encryption', 'warning'),
  EXCLUDED: pass('the encryption control of {networkId} does not concern {link}'),
};

export const linkEncryption = defineCheck({
  id: 'link/encryption',
  severity: 'warning',
  title: 'Encryption controls of the VPC do not concern the link',
  about:
    'A VPC can have an encryption control. In the mode `enforce` it refuses traffic that is not encrypted, with exclusions by service. ' +
    'API Gateway V2 is one of them: without its exclusion, VPC links V2 may be refused, or their calls. Which of them is not documented. ' +
    'Calls also pass the VPC of the load balancer, and those of its targets behind a peering or a transit gateway.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html',
    'https://docs.aws.amazon.com/sdk-for-python/v4/reference/clients/ec2/structures/VpcEncryptionControlExclusions/',
  ],
  unsettled: ['What `enforce` does to VPC links without the exclusion `apiGatewayV2` [U].'],
  codes: CODES,
  *run(input, say) {
    for (const view of input.links) {
      const { networkId } = view;
      if (view.traits.obeysEncryptionControls !== true || networkId === undefined) continue;

      const network = view.region.find('networks', networkId);
      // Nothing is reported of a control that was not read: few VPCs have one, and the snapshot has a gap.
      const mode = network.is === 'found' ? network.value.encryption : undefined;
      const evidence = [{ kind: 'network', id: networkId, text: `encryption control: ${mode}` }];
      const about = aboutLink(view);
      if (mode === 'enforced') {
        const missing = {
          what: `the effect of the encryption control of ${networkId} on VPC links`,
          remedy: `Enable the exclusion apiGatewayV2 of the VPC encryption control of ${networkId}, or set its mode to monitor.`,
        };
        yield say.ENFORCED(about, { link: linkText(view), networkId }, missing, evidence);
      } else if (mode === 'monitored' || mode === 'enforced-without-links')
        yield say.EXCLUDED(about, { link: linkText(view), networkId }, evidence);
    }
    for (const one of backends(input)) yield* beyondLink(say, input, one);
  },
});

/** The networks that enforce encryption on the way from the link's network to the targets. */
function* beyondLink(say: Say<typeof CODES>, input: CheckInput, backed: BackedTarget): Generator<Outcome> {
  const { integration, target, about } = backed;
  const { link } = integration;
  if (link.traits.obeysEncryptionControls !== true || link.networkId === undefined) return;

  const enforcing = new Set<string>();
  for (const { region, id } of networksOf(input, backed)) {
    const network = id === link.networkId ? undefined : region.find('networks', id);
    if (network?.is === 'found' && network.value.encryption?.startsWith('enforced') === true) enforcing.add(id);
  }
  for (const networkId of enforcing) {
    const missing = {
      what: `the effect of the encryption control of ${networkId} on calls from ${link.networkId}`,
      remedy: `Look whether ec2:GetVpcResourcesBlockingEncryptionEnforcement lists anything of ${networkId}, or set the mode of its encryption control to monitor.`,
    };
    yield say.TARGET_ENFORCED(about, { target: target.name, networkId }, missing, [
      { kind: 'network', id: networkId, text: 'encryption control: enforced' },
    ]);
  }
}

/** The networks of a target: that of its load balancer, and those of what its target groups register by address. */
function* networksOf(
  { regionOf }: CheckInput,
  { integration, target, backend }: BackedTarget,
): Generator<{ readonly region: RegionIndex; readonly id: string }> {
  const { region } = integration.link;
  if (target.target?.networkId !== undefined) yield { region, id: target.target.networkId };
  if (backend.kind !== 'balancer' || backend.listener.is !== 'found') return;

  for (const { found } of groupsBehind(region, backend.listener.value).groups) {
    const { networkId, kind, targets = [] } = found.is === 'found' ? found.value : {};
    if (networkId === undefined) continue;

    yield { region, id: networkId };
    if (kind !== 'address') continue;

    for (const { id } of targets) {
      const far = farInterface(regionOf, region, networkId, id);
      if (far !== undefined) yield { region: far.region, id: far.own.networkId };
    }
  }
}
