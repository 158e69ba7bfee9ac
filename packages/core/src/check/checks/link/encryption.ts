import { aboutLink } from '../../../do/findings/about.js';
import { kindTraitsOf, linkText } from '../../../do/world/link-facts.js';
import { defineCheck } from '../define-check.js';

/** `link/encryption`. */
export const linkEncryption = defineCheck({
  id: 'link/encryption',
  severity: 'warning',
  title: 'Encryption controls of the VPC do not concern the link',
  about:
    'A VPC can have an encryption control. In the mode `enforce` it refuses traffic that is not encrypted, with exclusions by service. ' +
    'API Gateway V2 is one of them: without its exclusion, VPC links V2 may be refused, or their calls. Which of them is not documented.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html',
    'https://docs.aws.amazon.com/sdk-for-python/v4/reference/clients/ec2/structures/VpcEncryptionControlExclusions/',
  ],
  unsettled: ['What `enforce` does to VPC links without the exclusion `apiGatewayV2` [U].'],
  codes: ['ENFORCED', 'EXCLUDED'],
  *run(input, say) {
    for (const view of input.links) {
      const { networkId } = view;
      if (kindTraitsOf(view).obeysEncryptionControls !== true || networkId === undefined) continue;
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
        yield say.unknown(about, 'ENFORCED', { link: linkText(view), networkId }, missing, (p) => ({
          whether: `${p.link} carries calls in ${p.networkId}, which enforces encryption`,
          severity: 'warning',
          evidence,
        }));
      } else if (mode === 'monitored' || mode === 'enforced-without-links')
        yield say.pass(
          about,
          'EXCLUDED',
          () => ({ link: linkText(view), networkId }),
          (p) => ({ message: `the encryption control of ${p.networkId} does not concern ${p.link}`, evidence }),
        );
    }
  },
});
