import type { CallContext } from '@postern/core';
import { PosternError } from '@postern/core/adapter';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { ClassicSide } from './witness.js';

/**
 * Refuses to send callers back to a group that does not serve them: after `finish` it has lost APIs, or does not exist.
 * @throws {PosternError} `FINDINGS_FAILED`
 */
export async function requireServing(
  { group: { id, name }, stages }: Pick<HandoverPlan, 'group' | 'stages'>,
  { classic }: { readonly classic: Pick<ClassicSide, 'group'> },
  context: CallContext,
): Promise<void> {
  const group = await classic.group(id, context);
  const published = new Set((group?.apis ?? []).flatMap((api) => api.stages.map((stage) => `${stage} ${api.id}`)));
  const missing = stages.flatMap(({ stage, routes }) =>
    routes.filter(({ apiId }) => !published.has(`${stage} ${apiId}`)).map(({ key }) => `${key} on ${stage}`),
  );
  const [first] = missing;
  if (first === undefined) return;
  throw new PosternError(
    'FINDINGS_FAILED',
    group === undefined
      ? `group ${name} does not exist any more: callers have nothing to return to`
      : `group ${name} does not publish ${first} any more: its callers would be refused`,
    {
      remedy: 'Publish it again in the classic service, or consent with `acceptMissing` (--accept-missing).',
      details: { missing: missing.slice(0, 50) },
    },
  );
}
