import type { CheckWords } from '../../../findings/statement.js';
import { groupMoveSays } from './group-move.words.js';

/** The texts of `gateway/on-link`. */
export const gatewayOnLinkWords = {
  title: 'The API group is on its link, or can be moved there',
  about:
    'An API group of Alibaba Cloud is on one instance, with all its APIs. `postern apply` moves a group that is on another instance than ' +
    'declared, when it creates the first route. It does not move a group in which other owners have published APIs. The service checks the ' +
    'backend of each draft, publication, plug-in and named backend of the group first, and may refuse the move. If two integrations ' +
    'declare two links for one group, each run moves the group. `postern migrate validate` reports the other effects of a move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    ...groupMoveSays,
    GATEWAY_NOT_READ: ({ gateway, link }: { readonly gateway: string; readonly link: string }) =>
      `API group ${gateway} is on link ${link}`,
    ON_TWO_LINKS: ({
      title,
      link,
      otherLink,
      integration,
      otherIntegration,
    }: {
      readonly title: string;
      readonly link: string;
      readonly otherLink: string;
      readonly integration: string;
      readonly otherIntegration: string;
    }) => ({
      message: `${title} has link ${link} in this integration and link ${otherLink} in ${integration}: a group is on one instance, and each run would move it to the other link`,
      remedy: `Declare the same link in both, or use another API group for ${otherIntegration}.`,
    }),
    LINK_NOT_READ: ({ title, linkText }: { readonly title: string; readonly linkText: string }) =>
      `${title} is on ${linkText}`,
    ON_LINK: ({ title, linkId }: { readonly title: string; readonly linkId: string }) => `${title} is on ${linkId}`,
    ON_OTHER_LINK: ({
      title,
      linkId,
      linkText,
      isExternal,
      gateway,
      wantedLink,
      link,
    }: {
      readonly title: string;
      readonly linkId: string;
      readonly linkText: string;
      readonly isExternal: boolean;
      readonly gateway: string;
      readonly wantedLink: string;
      readonly link: string;
    }) => ({
      message: `${title} is on ${linkId}, not on ${linkText}: its calls take another path`,
      remedy: isExternal
        ? `Ask the owner of ${gateway} to move it to ${wantedLink}, or set links.${link}.id to the instance that it is on.`
        : `Run \`postern apply\`: it moves ${gateway} to ${wantedLink}.`,
      mendedBy: isExternal ? undefined : 'apply',
    }),
    MOVED_BY_APPLY: ({
      title,
      linkId,
      linkText,
    }: {
      readonly title: string;
      readonly linkId: string;
      readonly linkText: string;
    }) => `${title} is on ${linkId}, and \`postern apply\` moves it to ${linkText}`,
  },
} satisfies CheckWords;
