import type { DraftRegion, Rows, View } from '@postern/core/internal/overlay';
import { AWS } from './id-forms.js';

/** Endpoints of a network. A new one has addresses that the cloud chooses; of one that exists the interfaces follow. */
export const endpointRows: Rows = {
  aws_vpc_endpoint: {
    list: 'endpoints',
    isPart: true,
    add: (view, { draft }) => {
      const own = interfacesOf(view, draft);
      const securityGroupIds = own.length === 0 ? [] : view.refs('security_group_ids', AWS.group);
      if (securityGroupIds.length > 0)
        for (const id of own) draft.patch('interfaces', id, () => ({ securityGroupIds }));
    },
    remove: (view, { draft }) => {
      if (!view.instance.actions.includes('delete')) return;

      for (const id of interfacesOf(view, draft)) draft.remove('interfaces', id);
      draft.remove('endpoints', view.needed('id'));
    },
  },
};

function interfacesOf(view: View, draft: DraftRegion): readonly string[] {
  return draft.get('endpoints', view.text('id') ?? '')?.interfaceIds ?? [];
}
