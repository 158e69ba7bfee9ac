import {
  aboutLink,
  defineCheck,
  isNew,
  linkText,
  subnetEvidence,
  subnetsOf,
  unreadOf,
  fail,
  pass,
  unknown,
} from '@postern/core/internal/checks';

export const sharedSubnet = defineCheck({
  id: 'link/shared-subnet',
  severity: 'error',
  title: 'A link in a shared subnet has a security group',
  about:
    'In a subnet that another account shares (through AWS RAM), API Gateway creates no VPC link without a security group: "For a shared subnet, at least one security-group-id should be provided". In other subnets it uses the default group of the VPC.',
  sources: ['https://github.com/aws/aws-cdk/issues/34137'],
  codes: {
    HAS_GROUPS: pass('{linkText} has security groups: {securityGroupIds}'),
    GROUPS_NOT_READ: unknown('link {link} has a security group'),
    SHARED_WITHOUT_GROUP: fail(
      '{linkText} has no security group and is in shared subnets: {names}',
      'Write at least one group under links.{link}.securityGroups, then run `postern apply`.',
    ),
    SUBNETS_NOT_READ: unknown('link {link} is in a shared subnet'),
    NOT_SHARED: pass('no subnet of {linkText} is shared'),
  },
  *run(input, say) {
    for (const view of input.links) {
      if (view.traits.sharedSubnetsNeedGroup !== true) continue;

      const about = aboutLink(view);
      const { found, missing } = subnetsOf(view);
      const { account } = view.region.region;
      const unread = unreadOf(view, 'securityGroups');
      if (unread === undefined && view.securityGroupIds.length > 0) {
        yield say.HAS_GROUPS(
          about,
          { linkText: linkText(view), securityGroupIds: view.securityGroupIds },
          found.map((subnet) => subnetEvidence(subnet)),
        );
        continue;
      }

      if (unread !== undefined) yield say.GROUPS_NOT_READ(about, { link: view.name }, unread);
      // What could not be read may be the group in question.
      if (view.unresolved !== undefined && view.spec.securityGroups !== undefined) continue;

      const shared = found.filter((subnet) => subnet.account !== undefined && subnet.account !== account);
      const evidence = found.map((subnet) =>
        subnetEvidence(subnet, `owned by ${subnet.account ?? 'an unknown account'}`),
      );
      const unowned = found.find((subnet) => subnet.account === undefined);
      if (shared.length > 0) {
        const names = shared.map((subnet) => `${subnet.id} (of account ${subnet.account})`);
        yield say.SHARED_WITHOUT_GROUP(
          about,
          { linkText: linkText(view), names, link: view.name },
          { evidence, severity: isNew(view) ? 'error' : 'warning' },
        );
      } else if (missing !== undefined || unowned !== undefined) {
        const fact = missing ?? { what: `the owner of ${unowned?.id}`, remedy: `Look up the owner of ${unowned?.id}.` };
        yield say.SUBNETS_NOT_READ(about, { link: view.name }, fact, evidence);
      } else if (found.length > 0) {
        yield say.NOT_SHARED(about, { linkText: linkText(view) }, evidence);
      }
    }
  },
});
