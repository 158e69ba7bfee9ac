import {
  aboutLink,
  defineCheck,
  fail,
  freeInNetwork,
  pass,
  readBlocks,
  subnetEvidence,
  unknown,
} from '@postern/core/internal/checks';
import { blockLinks, overlap } from './own-block.js';

const PAGE = 'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances';

export const internalBlock = defineCheck({
  id: 'cidr/internal-block',
  severity: 'error',
  title: 'The vSwitches do not overlap the CIDR block that API Gateway reserves in the region',
  about:
    'Besides the CIDR block of each instance, API Gateway reserves a CIDR block in every region. No vSwitch of an integration ' +
    'instance may overlap it. The vendor lists these blocks on a page, and no API returns them: copy that of your region into ' +
    '`assume: { internalBlocks: { cn-hangzhou: [<block>] } }`. Without it the verdict is unknown, which is a warning.',
  sources: [PAGE],
  codes: {
    INTERNAL_BLOCK_NOT_KNOWN: unknown(
      'the vSwitches of link {link} overlap the CIDR block that API Gateway reserves in {region}',
    ),
    SUBNETS_OVERLAP: fail(
      '{wrong:and} {wrong?overlaps:overlap} {texts}, which API Gateway reserves in {region}',
      'Use another vSwitch instead[; {free} is free in {networkId}].',
    ),
    SUBNETS_APART: pass('the vSwitches of link {link} do not overlap {texts}'),
  },
  *run(input, say) {
    for (const { view, subnets, missing } of blockLinks(input.links)) {
      const { region } = view.region.region;
      const about = aboutLink(view);
      const on = { link: view.name, region };
      const texts = input.spec.assume?.internalBlocks?.[region];
      if (texts === undefined) {
        const what = `the CIDR block that API Gateway reserves in ${region}`;
        const remedy = `Look ${region} up on ${PAGE} and write its block under assume.internalBlocks.${region}.`;
        yield say.INTERNAL_BLOCK_NOT_KNOWN(about, on, { what, remedy }, { severity: 'warning' });
        continue;
      }

      const blocks = readBlocks(texts);
      const place = `assume.internalBlocks.${region}`;
      input.assumed(place, `API Gateway reserves ${texts.join(', ')} there`);
      const own = { kind: 'assumption', id: place, text: texts.join(', ') };
      const wrong = subnets.filter(({ cidrBlock }) => blocks.some((block) => overlap(block, cidrBlock)));
      if (wrong.length > 0) {
        const [first] = wrong;
        const bits = Number(first?.cidrBlock.split('/')[1] ?? 24);
        const free = freeInNetwork(view.region, first?.networkId, bits, blocks);
        yield say.SUBNETS_OVERLAP(
          about,
          {
            wrong: wrong.map(({ id, cidrBlock }) => `${id} (${cidrBlock})`),
            texts,
            region,
            free,
            networkId: first?.networkId,
          },
          [own, ...wrong.map((subnet) => subnetEvidence(subnet))],
        );
      } else if (missing !== undefined) yield say.INTERNAL_BLOCK_NOT_KNOWN(about, on, missing, [own]);
      else {
        const evidence = [own, ...subnets.map((subnet) => subnetEvidence(subnet))];
        yield say.SUBNETS_APART(about, { link: view.name, texts }, evidence);
      }
    }
  },
});
