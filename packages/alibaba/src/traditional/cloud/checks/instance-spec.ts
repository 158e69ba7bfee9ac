import {
  aboutLink,
  defineCheck,
  fail,
  isNew,
  mayBeNew,
  pass,
  unknown,
  unseen,
  linkText,
} from '@postern/core/internal/checks';
import { LISTED_SPECS, specStanding } from '../instance-specs.js';

const TYPE = '[instance type {spec}|the smallest instance type]';

export const linkInstanceSpec = defineCheck({
  id: 'link/instance-spec',
  severity: 'error',
  title: 'A new instance has an instance type that can be bought',
  about:
    'API Gateway instances are sold in two series, `api.s1` and `api.s2`, with eight types. A text of another form is refused. A series may be new, so the verdict for a name that no page lists is unknown. An existing instance reports its own type.',
  sources: ['https://www.alibabacloud.com/help/en/api-gateway/latest/dedicated-instances'],
  codes: {
    SPECS_NOT_READ: unknown(`${TYPE} can be bought`),
    SPEC_OFFERED: pass(`${TYPE} can be bought`),
    SPEC_NOT_OFFERED: fail(
      `${TYPE} does not exist: the purchase would be refused`,
      'Write one of {listed} as links.{link}.spec.',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      if (!mayBeNew(view) || !view.traits.settings.includes('spec')) continue;
      // Types of another product have other names.
      if (view.traits.succeeds === true) continue;

      const about = aboutLink(view);
      const written = view.spec.native?.['spec'];
      const spec = typeof written === 'string' ? written : undefined;
      const text = spec ?? 'the smallest';
      const unread = unseen(view);
      if (unread !== undefined) yield say.SPECS_NOT_READ(about, { spec }, unread);
      if (!isNew(view)) continue;

      const evidence = [{ kind: 'spec', id: `links.${view.name}.spec`, text }];
      const remedy = `Write one of ${LISTED_SPECS.join(', ')} as links.${view.name}.spec.`;
      const standing = typeof written === 'string' ? specStanding(written) : 'listed';
      if (standing === 'listed') yield say.SPEC_OFFERED(about, { spec }, evidence);
      else if (standing === 'none')
        yield say.SPEC_NOT_OFFERED(about, { spec, link: view.name, listed: LISTED_SPECS }, evidence);
      else yield say.SPECS_NOT_READ(about, { spec }, { what: `a page that lists ${text}`, remedy }, evidence);
    }
  },
});

const ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

export const serviceRole = defineCheck({
  id: 'link/service-role',
  severity: 'error',
  title: 'The service-linked role of integration instances exists',
  about: `An integration instance of Alibaba Cloud creates its network interfaces with the role ${ROLE}. The first purchase creates the role, for which the buyer needs the permission ram:CreateServiceLinkedRole. Without the role and without that permission the purchase fails.`,
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/service-linked-role-for-connecting-to-a-user-s-vpc-in-api',
  ],
  codes: {
    ROLE_NOT_READ: unknown('the service-linked role of {linkText} exists'),
    ROLE_EXISTS: pass(`the role ${ROLE} exists`),
    ROLE_ABSENT: fail(
      `the role ${ROLE} does not exist[if isNew:  yet: the purchase creates it if the buyer has ram:CreateServiceLinkedRole|: {linkId} cannot keep its network interfaces]`,
      'Run `aliyun resourcemanager CreateServiceLinkedRole --ServiceName connectuservpc.apigateway.aliyuncs.com`, or allow ram:CreateServiceLinkedRole.',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      const { serviceRole: role } = view.traits;
      if (role === undefined) continue;
      if (view.link === undefined && !isNew(view)) continue;

      const about = aboutLink(view);
      const found = view.region.region.serviceRoles?.find(({ name }) => name === role);
      const evidence = [
        { kind: 'service-linked role', id: role, text: found?.exists === true ? 'exists' : 'does not exist' },
      ];
      if (found === undefined) {
        const missing = view.region.missing('serviceRoles', role) ?? {
          what: `the role ${role}`,
          remedy: `Check in RAM whether the role ${role} exists (GetRole).`,
        };
        yield say.ROLE_NOT_READ(about, { linkText: linkText(view) }, missing);
      } else if (found.exists) yield say.ROLE_EXISTS(about, {}, evidence);
      else {
        yield say.ROLE_ABSENT(
          about,
          { isNew: isNew(view), linkId: view.link?.id ?? view.name },
          { evidence, severity: isNew(view) ? 'warning' : undefined },
        );
      }
    }
  },
});
