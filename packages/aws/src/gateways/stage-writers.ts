import type { CallContext, Owner, Stage, StageWriter } from '@postern/core/internal/library';
import { defined, specText, unlessGone } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';

const SETTINGS_TAG = 'postern:settings:';

type Spec = Pick<Owner, 'project' | 'spec'>;

/** `postern:settings:shop@orders-7f3k2q` = `cache throttle`: what a spec wrote on a stage of any kind of API. */
function tagOf(by: Spec): string {
  return `${SETTINGS_TAG}${specText(by)}`;
}

/** Who wrote settings of a stage, by its tags. */
export function toWriters(tags: Readonly<Record<string, string>> = {}): Pick<Stage, 'configuredBy'> {
  const configuredBy = Object.entries(tags).flatMap(([key, value]): readonly StageWriter[] => {
    if (!key.startsWith(SETTINGS_TAG)) return [];

    const [project = '', spec] = key.slice(SETTINGS_TAG.length).split('@');
    return [{ project, ...defined({ spec }), settings: value.split(' ').filter(Boolean).toSorted() }];
  });
  return configuredBy.length === 0 ? {} : { configuredBy };
}

export interface MarkedStage {
  readonly service: 'apigateway' | 'apigatewayv2';
  readonly arn: string;
}

/** Writes which settings of a stage a spec wrote; none removes the mark. A tag that is not there is removed without an error. */
export async function markWriter(
  session: Session,
  { service, arn }: MarkedStage,
  writer: StageWriter,
  ctx: CallContext,
): Promise<void> {
  const key = tagOf(writer);
  const tags = { [key]: writer.settings.join(' ') };
  if (writer.settings.length > 0) {
    await (service === 'apigateway'
      ? session.call(ctx, service, 'TagResource', { resourceArn: arn, tags })
      : session.call(ctx, service, 'TagResource', { ResourceArn: arn, Tags: tags }));
    return;
  }

  await unlessGone<unknown>(
    service === 'apigateway'
      ? session.call(ctx, service, 'UntagResource', { resourceArn: arn, tagKeys: [key] })
      : session.call(ctx, service, 'UntagResource', { ResourceArn: arn, TagKeys: [key] }),
  );
}

/** The mark of a spec among the tags of a stage. */
export function writerTag(tags: Readonly<Record<string, string>> = {}, by: Spec): readonly string[] {
  return Object.hasOwn(tags, tagOf(by)) ? [tagOf(by)] : [];
}
