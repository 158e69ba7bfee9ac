import { defined } from '@postern/core/internal/adapter';
import type { DraftRegion, Row, Rows, View } from '@postern/core/internal/overlay';
import type { CustomDomain, DomainMapping } from '@postern/core/internal/snapshot';
import { AWS } from '../id-forms.js';

/** A domain name, whose settings are in a block of HTTP APIs and in attributes of REST APIs. No snapshot has private ones. */
const domain: Row = {
  list: 'customDomains',
  isNamed: true,
  ids: { id: (view) => view.text('domain_name') },
  idAttribute: 'domain_name',
  add: (view, { draft }) => {
    const id = view.needed('domain_name');
    const [block = view] = view.blocks('domain_name_configuration');
    const types = view.blocks('endpoint_configuration').flatMap((one) => one.texts('types'));
    const type = block.text('endpoint_type') ?? types[0];
    if (type === 'PRIVATE') return;

    const known = draft.get('customDomains', id);
    const certificates = ['certificate_arn', 'regional_certificate_arn'].flatMap(
      (name) => block.ifKnown(() => block.ref(name, AWS.certificate)) ?? [],
    );
    const mode = view.text('routing_mode');
    draft.put('customDomains', {
      mappings: [],
      ...known,
      id,
      ...defined({ hasRules: mode === undefined ? undefined : mode !== 'API_MAPPING_ONLY' }),
      ...(type === undefined ? {} : { endpoint: type === 'EDGE' ? 'edge' : 'regional' }),
      // A domain takes only a certificate that exists: one that is in no list was not read.
      certificateIds: certificates.filter((one) => draft.get('certificates', one) !== undefined),
      mutualTls: view.blocks('mutual_tls_authentication').length > 0,
    } as CustomDomain);
  },
};

/** What leads a base path of a domain to a stage. A domain that nothing shows is one of another configuration. */
const mapping: Row = {
  list: 'customDomains',
  isPart: true,
  idAttribute: 'api_id',
  owner: (view) => view.ref('domain_name', AWS.domain),
  add: (view, { draft }) => {
    const id = view.neededRef('domain_name', AWS.domain);
    const stage = ['stage', 'stage_name'].map((name) => view.ifKnown(() => view.text(name))).find(Boolean);
    const gatewayId = view.ref('api_id', AWS.api) ?? view.neededRef('rest_api_id', AWS.api);
    const made: DomainMapping = { path: pathOf(view), gatewayId, ...defined({ stage }) };
    const { mappings = [], ...known } = draft.get('customDomains', id) ?? ({ id } as CustomDomain);
    draft.put('customDomains', { ...known, mappings: [...without(mappings, made.path), made] } as CustomDomain);
  },
  remove: (view, { draft }) => unmap(draft, view.needed('domain_name'), pathOf(view)),
};

function unmap(draft: DraftRegion, id: string, path: string): void {
  const { mappings = [], ...known } = draft.get('customDomains', id) ?? {};
  if (draft.get('customDomains', id) !== undefined)
    draft.put('customDomains', { ...known, mappings: without(mappings, path) } as CustomDomain);
}

function without(mappings: readonly DomainMapping[], path: string): readonly DomainMapping[] {
  return mappings.filter((one) => one.path !== path);
}

/** REST APIs write the empty path as a word. */
function pathOf(view: View): string {
  const path = view.text('api_mapping_key') ?? view.text('base_path') ?? '';
  return path === '(none)' ? '' : path;
}

/** Custom domains of APIs, and what they lead to. */
export const customDomainRows: Rows = {
  aws_apigatewayv2_domain_name: domain,
  aws_api_gateway_domain_name: domain,
  aws_apigatewayv2_api_mapping: mapping,
  aws_api_gateway_base_path_mapping: mapping,
};
