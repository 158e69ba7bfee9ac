import { aboutLink, defineCheck, freeInNetwork, readBlocks, subnetEvidence } from '@postern/core/checks';
import { blockLinks, meet } from './own-block.js';

const PAGE = 'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances';

/** `cidr/internal-block`. */
export const internalBlock = defineCheck({
  id: 'cidr/internal-block',
  severity: 'error',
  title: 'The vSwitches do not overlap the CIDR block that API Gateway reserves in the region',
  about:
    'Besides the CIDR block of each instance, API Gateway reserves a CIDR block in every region. No vSwitch of an integration ' +
    'instance may overlap it. The vendor lists these blocks on a page, and no API returns them: copy that of your region into ' +
    '`assume: { internalBlocks: { cn-hangzhou: [<block>] } }`. Without it the verdict is unknown, which is a warning.',
  sources: [PAGE],
  codes: ['INTERNAL_BLOCK_NOT_KNOWN', 'SUBNETS_OVERLAP', 'SUBNETS_APART'],
  *run(input, say) {
    for (const { view, subnets, missing } of blockLinks(input.links)) {
      const { region } = view.region.region;
      const about = aboutLink(view);
      const texts = input.spec.assume?.internalBlocks?.[region];
      if (texts === undefined) {
        const what = `the CIDR block that API Gateway reserves in ${region}`;
        const remedy = `Look ${region} up on ${PAGE} and write its block under assume.internalBlocks.${region}.`;
        const fact = { what, remedy };
        yield say.unknown(about, 'INTERNAL_BLOCK_NOT_KNOWN', { link: view.name, region }, fact, (p) => ({
          whether: internalBlockNotKnown(p),
          severity: 'warning',
        }));
        continue;
      }
      const blocks = readBlocks(texts);
      const place = `assume.internalBlocks.${region}`;
      input.assumed(place, `API Gateway reserves ${texts.join(', ')} there`);
      const own = { kind: 'assumption', id: place, text: texts.join(', ') };
      const wrong = subnets.filter(({ cidrBlock }) => blocks.some((block) => meet(block, cidrBlock)));
      if (wrong.length > 0) {
        const [first] = wrong;
        const bits = Number(first?.cidrBlock.split('/')[1] ?? 24);
        const free = freeInNetwork(view.region, first?.networkId, bits, blocks);
        yield say.fail(
          about,
          'SUBNETS_OVERLAP',
          {
            wrong: wrong.map(({ id, cidrBlock }) => `${id} (${cidrBlock})`),
            texts,
            region,
            free,
            networkId: first?.networkId,
          },
          (p) => ({
            message: `${p.wrong.join(' and ')} ${p.wrong.length === 1 ? 'overlaps' : 'overlap'} ${p.texts.join(', ')}, which API Gateway reserves in ${p.region}`,
            remedy: `Use another vSwitch instead${p.free === undefined ? '' : `; ${p.free} is free in ${p.networkId}`}.`,
            evidence: [own, ...wrong.map((subnet) => subnetEvidence(subnet))],
          }),
        );
      } else if (missing !== undefined)
        yield say.unknown(about, 'INTERNAL_BLOCK_NOT_KNOWN', { link: view.name, region }, missing, (p) => ({
          whether: internalBlockNotKnown(p),
          evidence: [own],
        }));
      else {
        yield say.pass(
          about,
          'SUBNETS_APART',
          () => ({ link: view.name, texts }),
          (p) => ({
            message: `the vSwitches of link ${p.link} do not overlap ${p.texts.join(', ')}`,
            evidence: [own, ...subnets.map((subnet) => subnetEvidence(subnet))],
          }),
        );
      }
    }
  },
});

function internalBlockNotKnown({ link, region }: { readonly link: string; readonly region: string }): string {
  return `the vSwitches of link ${link} overlap the CIDR block that API Gateway reserves in ${region}`;
}
