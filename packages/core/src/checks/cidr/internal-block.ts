import type { Check } from '../../findings/check.js';
import { aboutLink } from '../../findings/about.js';
import { readBlocks } from '../../network/block-set.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, meet } from './own-block.js';

const PAGE = 'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances';

/** `cidr/internal-block`. */
export const internalBlock: Check = {
  id: 'cidr/internal-block',
  title: 'The vSwitches lie apart from what the gateway takes for itself in the region',
  severity: 'error',
  about:
    "Beside each instance's own block, API Gateway takes a block of its own in every region, and no vSwitch of an integration instance " +
    'may overlap it. The vendor lists these blocks on a page, and no API gives them: copy that of your region into `assume: { ' +
    'internalBlocks: { cn-hangzhou: [<block>] } }`. Without it nobody can say, which is a warning.',
  sources: [PAGE],
  *run(input) {
    for (const { view, subnets, missing } of blockLinks(input.links)) {
      const { region } = view.region.region;
      const about = aboutLink(view);
      const texts = input.spec.assume?.internalBlocks?.[region];
      const whether = `the vSwitches of link ${view.name} lie apart from what the gateway takes for itself in ${region}`;
      if (texts === undefined) {
        const what = `the block that API Gateway takes in ${region}`;
        const remedy = `Look ${region} up on ${PAGE} and write its block under assume.internalBlocks.${region}.`;
        const fact = { what, remedy };
        yield unsure(about, whether, fact, { severity: 'warning' });
        continue;
      }
      const blocks = readBlocks(texts);
      const place = `assume.internalBlocks.${region}`;
      input.assumed(place, `API Gateway takes ${texts.join(', ')} for itself there`);
      const own = { kind: 'assumption', id: place, text: texts.join(', ') };
      const wrong = subnets.filter(({ cidrBlock }) => blocks.some((block) => meet(block, cidrBlock)));
      if (wrong.length > 0) {
        const [first] = wrong;
        const bits = Number(first?.cidrBlock.split('/')[1] ?? 24);
        const free = freeInNetwork(view.region, first?.networkId, bits, blocks);
        const names = wrong.map(({ id, cidrBlock }) => `${id} (${cidrBlock})`).join(' and ');
        yield fails(about, {
          message: `${names} overlaps ${texts.join(', ')}, which API Gateway takes for itself in ${region}`,
          evidence: [own, ...wrong.map((subnet) => subnetEvidence(subnet))],
          remedy: `Use another vSwitch in its place${free === undefined ? '' : `; ${free} is free in ${first?.networkId}`}.`,
        });
      } else if (missing !== undefined) yield unsure(about, whether, missing, { evidence: [own] });
      else {
        yield holds(input, about, () => ({
          message: `the vSwitches of link ${view.name} lie apart from ${texts.join(', ')}`,
          evidence: [own, ...subnets.map((subnet) => subnetEvidence(subnet))],
        }));
      }
    }
  },
};
