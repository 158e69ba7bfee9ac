import { aboutGateway, fail, migrationCheck, pass, unknown } from '@postern/core/internal/checks';
import { instanceSpec, instanceSpecText } from '../instance-specs.js';

export const migrateSpec = migrationCheck({
  id: 'migrate/spec',
  severity: 'warning',
  title: 'The target instance supports as many connections as the current instance',
  about:
    'The instance type limits the connections that an instance has at once, from callers and to backends. All groups on the instance share them. If the pool of connections to backends is used up, calls wait half a second and fail with D504CO.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  codes: {
    SAME_SPEC: pass('both instances have the instance type {old}'),
    SPEC_NOT_READ: unknown('the target instance supports as many connections'),
    SPEC_NOT_SMALLER: pass('{next|} supports as many connections as {old|}, or more'),
    SPEC_SMALLER: fail(
      'the target instance has the instance type {next|} ({nextSpec}), the current instance {old|} ({oldSpec})',
      'Change the instance type of {linkId|the target instance} to {old|} before the move, unless fewer connections are enough.',
    ),
  },
  *run({ gateway, from, to }, say) {
    const [old, next] = [from?.link?.settings?.spec, to.link?.settings?.spec];
    if (from?.link === undefined) return; // a shared instance has no instance type

    const [before, after] = [instanceSpec(old), instanceSpec(next)];
    const about = aboutGateway(gateway);
    if (before === undefined || after === undefined) {
      if (old !== undefined && old === next) {
        yield say.SAME_SPEC(about, { old });
        return;
      }

      const [view, name] = after === undefined ? [to, next] : [from, old];
      const id = view.link?.id ?? view.name;
      const what =
        name === undefined ? `the instance type of ${id}` : `the connection limits of instance type ${name} of ${id}`;
      const remedy = `Compare the connection limits of ${old ?? 'the current instance'} and ${next ?? 'the target instance'} in the console.`;
      yield say.SPEC_NOT_READ(about, {}, { what, remedy });
      return;
    }

    const evidence = [
      { kind: 'link', id: from.link.id, text: `${old ?? ''}: ${instanceSpecText(before)}` },
      { kind: 'link', id: to.link?.id ?? '', text: `${next ?? ''}: ${instanceSpecText(after)}` },
    ];
    const isLess = (['connections', 'newConnections', 'outbound'] as const).some((key) => after[key] < before[key]);
    if (!isLess) yield say.SPEC_NOT_SMALLER(about, { next, old }, evidence);
    else {
      yield say.SPEC_SMALLER(
        about,
        { next, nextSpec: after, old, oldSpec: before, linkId: to.link?.id },
        { evidence, words: { nextSpec: instanceSpecText(after), oldSpec: instanceSpecText(before) } },
      );
    }
  },
});
