import { aboutLink, defineCheck, freeInNetwork, subnetEvidence, subnetsOfNetwork } from '@postern/core/checks';
import { blockLinks, isKnown, meet, otherBlock, otherBlockText, ownEvidence } from './own-block.js';

/** `cidr/instance-block-network`. */
export const instanceBlockNetwork = defineCheck({
  id: 'cidr/instance-block-network',
  severity: 'warning',
  title: 'The CIDR blocks of the VPC, secondary ones included, do not overlap the instance CIDR block',
  about:
    'The service compares the CIDR block of an integration instance with its vSwitches only. If it overlaps another part of the VPC, ' +
    'such as a secondary CIDR block, calls work until a backend is placed there. That backend is never reached.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: ['NETWORK_NOT_READ', 'NETWORK_APART', 'NETWORK_OVERLAPS'],
  *run(input, say) {
    for (const { view, own } of blockLinks(input.links)) {
      const { region, networkId } = view;
      const about = aboutLink(view);
      if (!isKnown(own)) {
        yield say.unknown(about, 'NETWORK_NOT_READ', { network: networkId, link: view.name }, own, networkNotRead);
        continue;
      }
      if (networkId === undefined) continue;
      const network = region.find('networks', networkId);
      if (network.is === 'unknown')
        yield say.unknown(about, 'NETWORK_NOT_READ', { network: networkId, link: view.name }, network.missing, (p) => ({
          whether: networkNotRead(p),
          evidence: [ownEvidence(view, own)],
        }));
      if (network.is !== 'found') continue;
      const inside = network.value.cidrBlocks.filter((text) => meet(own.prefix, text));
      const subnets =
        inside.length === 0
          ? []
          : subnetsOfNetwork(region, networkId).filter(({ cidrBlock }) => meet(own.prefix, cidrBlock));
      const evidence = [
        ownEvidence(view, own),
        ...network.value.cidrBlocks.map((text) => ({ kind: 'network', id: networkId, text })),
        ...subnets.slice(0, 5).map((subnet) => subnetEvidence(subnet)),
      ];
      if (inside.length === 0) {
        yield say.pass(
          about,
          'NETWORK_APART',
          () => ({ network: networkId, ownBlock: own.text }),
          (p) => ({ message: `${p.network} does not overlap ${p.ownBlock}`, evidence }),
        );
        continue;
      }
      const free = freeInNetwork(region, networkId, 24, [own.prefix]);
      yield say.fail(
        about,
        'NETWORK_OVERLAPS',
        {
          inside,
          network: networkId,
          ownBlock: own.text,
          link: view.name,
          free,
          instead: otherBlock(view, own, input.now),
        },
        (p) => ({
          message: `${p.inside.join(', ')} of ${p.network} overlaps ${p.ownBlock}, the instance CIDR block of link ${p.link}: a backend in both is never reached`,
          remedy: `Place backends outside of ${p.ownBlock}${p.free === undefined ? '' : ` (${p.free} is free in ${p.network})`}, or ${otherBlockText(p.instead)}.`,
          evidence,
        }),
      );
    }
  },
});

function networkNotRead({ network, link }: { readonly network?: string | undefined; readonly link: string }): string {
  return `the CIDR blocks of ${network ?? 'its VPC'} overlap the instance CIDR block of link ${link}`;
}
