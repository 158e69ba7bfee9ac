import { methodIdentity, readBoundMark } from '@postern/core/internal/adapter';
import type { ImportTypes } from '@postern/core/internal/overlay';
import { add, callerSettings, text, withParameters, withSettings } from '../../plans/import-facts.js';

/** What resources of REST APIs say of owners and of settings. */
export const REST_FACTS: ImportTypes['facts'] = {
  aws_api_gateway_method: (values, { routes }) => {
    const api = text(values, 'rest_api_id');
    add(routes, `${api} ${text(values, 'resource_id')}/${text(values, 'http_method')}`, (route) => {
      const [verb = '', path = ''] = route.key.split(' ');
      const settings = { ...callerSettings(values, 'authorization'), apiKey: values['api_key_required'] === true };
      return {
        ...withSettings(route, settings),
        owner: readBoundMark(text(values, 'operation_name'), methodIdentity(api, path, verb)),
      };
    });
  },
  aws_api_gateway_integration: (values, { routes }) =>
    add(
      routes,
      `${text(values, 'rest_api_id')} ${text(values, 'resource_id')}/${text(values, 'http_method')}`,
      (route, kind) => withParameters(route, values, kind),
    ),
};

/** The API of a part, of which more is not known. */
export const REST_APIS_OF_PARTS: ImportTypes['apis'] = {
  aws_api_gateway_integration: {
    of: 'rest_api_id',
    type: 'aws_api_gateway_rest_api',
    more: () => ({ root_resource_id: 'root' }),
  },
};
