import {
  aboutLink,
  defineCheck,
  isNew,
  kindTraitsOf,
  linkText,
  subnetEvidence,
  subnetsOf,
  unreadOf,
} from '@postern/core/checks';

/** `link/shared-subnet`. */
export const sharedSubnet = defineCheck({
  id: 'link/shared-subnet',
  severity: 'error',
  title: 'A link in a shared subnet has a security group',
  about:
    'In a subnet that another account shares (through AWS RAM), API Gateway creates no VPC link without a security group: "For a ' +
    'shared subnet, at least one security-group-id should be provided". In other subnets it uses the default group of the VPC.',
  sources: ['https://github.com/aws/aws-cdk/issues/34137'],
  codes: ['HAS_GROUPS', 'GROUPS_NOT_READ', 'SHARED_WITHOUT_GROUP', 'SUBNETS_NOT_READ', 'NOT_SHARED'],
  *run(input, say) {
    for (const view of input.links) {
      if (kindTraitsOf(view).sharedSubnetsNeedGroup !== true) continue;
      const about = aboutLink(view);
      const { found, missing } = subnetsOf(view);
      const { account } = view.region.region;
      const unread = unreadOf(view, 'securityGroups');
      if (unread === undefined && view.securityGroupIds.length > 0) {
        yield say.pass(
          about,
          'HAS_GROUPS',
          () => ({ linkText: linkText(view), securityGroupIds: view.securityGroupIds }),
          (p) => ({
            message: `${p.linkText} has security groups: ${p.securityGroupIds.join(', ')}`,
            evidence: found.map((subnet) => subnetEvidence(subnet)),
          }),
        );
        continue;
      }
      if (unread !== undefined)
        yield say.unknown(
          about,
          'GROUPS_NOT_READ',
          { link: view.name },
          unread,
          (p) => `link ${p.link} has a security group`,
        );
      // What could not be read may be the group in question.
      if (view.unresolved !== undefined && view.spec.securityGroups !== undefined) continue;
      const shared = found.filter((subnet) => subnet.account !== undefined && subnet.account !== account);
      const evidence = found.map((subnet) =>
        subnetEvidence(subnet, `owned by ${subnet.account ?? 'an unknown account'}`),
      );
      const unowned = found.find((subnet) => subnet.account === undefined);
      if (shared.length > 0) {
        const names = shared.map((subnet) => `${subnet.id} (of account ${subnet.account})`);
        yield say.fail(about, 'SHARED_WITHOUT_GROUP', { linkText: linkText(view), names, link: view.name }, (p) => ({
          message: `${p.linkText} has no security group and is in shared subnets: ${p.names.join(', ')}`,
          remedy: `Write at least one group under links.${p.link}.securityGroups, then run \`postern apply\`.`,
          evidence,
          severity: isNew(view) ? 'error' : 'warning',
        }));
      } else if (missing !== undefined || unowned !== undefined) {
        const fact = missing ?? { what: `the owner of ${unowned?.id}`, remedy: `Look up the owner of ${unowned?.id}.` };
        yield say.unknown(about, 'SUBNETS_NOT_READ', { link: view.name }, fact, (p) => ({
          whether: `link ${p.link} is in a shared subnet`,
          evidence,
        }));
      } else if (found.length > 0) {
        yield say.pass(
          about,
          'NOT_SHARED',
          () => ({ linkText: linkText(view) }),
          (p) => ({ message: `no subnet of ${p.linkText} is shared`, evidence }),
        );
      }
    }
  },
});
