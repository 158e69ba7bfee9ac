import { abilityOf } from '../../do/abilities.js';
import { outcomeOf } from '../../do/apply/step.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { latestCloudMs } from '../../ground/clocks/cloud-time.js';
import type { LinkRef } from '../../do/model/reference.js';
import { formatUnused, UNUSED_TAG } from '../../do/model/moves.js';
import { usesOfLink } from '../../do/imperative/link-uses.js';
import { linkDrain } from '../../do/plan/links/link-plan.js';
import { WHOLE } from '../record/history.js';
import { isReadLink, withoutLink } from './leave.js';
import { act, type MoveTools } from './tools.js';

/** Removes the mark of a link without callers, before the first unit comes to it. Fails where the link does not exist. */
export async function removeUnusedMark(tools: MoveTools, link: LinkRef): Promise<void> {
  const { driver } = tools;
  if (!isReadLink(tools, link)) return;

  const exists = await act(tools, WHOLE, `remove the mark of unused link ${link.id}`, async (ctx) => {
    const found = await driver.links.find(link, ctx);
    if (found !== undefined && Object.hasOwn(found.tags, UNUSED_TAG))
      await abilityOf(driver, 'linkChanges').untag(link, [UNUSED_TAG], ctx);
    return found !== undefined && found.state !== 'deleting';
  });
  if (!exists) throw withoutLink(tools, link);
}

/**
 * Writes the mark of a link without callers, after the last unit left: `apply` and `destroy` see when that was. Only on a
 * link that a project of Postern owns, and while nothing else uses it. Without the mark they wait longer, so a failure is a
 * note.
 */
export async function writeUnusedMark(tools: MoveTools, { kind, id }: LinkRef): Promise<void> {
  const { driver, clouds, notes } = tools;
  if (!isReadLink(tools, { kind, id })) return;

  const write = async (ctx: CallContext): Promise<void> => {
    const link = await driver.links.find({ kind, id }, ctx);
    if (link?.owner === undefined) return;

    const region = await driver.observe({ allGateways: true, uses: true, links: [id], linkKinds: [kind] }, ctx);
    const isUsed = usesOfLink(clouds, region, { kind, id }).some(({ routeKeys, unreadable, stage }) => {
      return stage !== undefined || unreadable !== undefined || routeKeys.length > 0;
    });
    if (isUsed || region.gateways.some(({ linkId }) => linkId === id)) return;

    const value = formatUnused(latestCloudMs(ctx), linkDrain(clouds, region, link));
    await abilityOf(driver, 'linkChanges').tag({ kind, id }, { [UNUSED_TAG]: value }, ctx);
  };
  const written = await outcomeOf(act(tools, WHOLE, `write the mark of unused link ${id}`, write, { reads: true }));
  if (!written.ok && written.error.code !== 'ABORTED')
    notes.push(`the tag ${UNUSED_TAG} was not written to link ${id}: ${written.error.code}: ${written.error.message}`);
}
