import type { CheckWords } from '../../findings/statement.js';
import { groupMoveSays } from './group-move.words.js';

/** The texts of `gateway/on-link`. */
export const gatewayOnLinkWords = {
  title: 'The API group is on its link, or nothing keeps it from being brought there',
  about:
    'An API group of Alibaba Cloud is on one instance, with all its APIs. One that is elsewhere than the spec wants it is moved by ' +
    '`postern apply` when its first route is made: but not where others have APIs published in it, and not where the service refuses the ' +
    'move, which looks at the backend of each draft, publication, plug-in and named backend of the group first. A group that two integrations lead through two ' +
    'links would be moved by each. What else a move brings, `postern migrate validate` says.',
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
      message: `${title} is led through link ${link} here and through link ${otherLink} by ${integration}: a group is on one instance, and each run would move it away from the other`,
      remedy: `Lead both through one link, or use another API group for ${otherIntegration}.`,
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
      message: `${title} is on ${linkId}, not on ${linkText}: its calls take another way`,
      remedy: isExternal
        ? `Have ${gateway} moved to ${wantedLink}, or name the instance that it is on as links.${link}.id.`
        : `Run \`postern apply\`: it moves ${gateway} to ${wantedLink}.`,
    }),
    MOVED_BY_APPLY: ({
      title,
      linkId,
      linkText,
    }: {
      readonly title: string;
      readonly linkId: string;
      readonly linkText: string;
    }) => `${title} is on ${linkId}, and \`postern apply\` brings it to ${linkText}`,
  },
} satisfies CheckWords;
