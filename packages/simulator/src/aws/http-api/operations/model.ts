import { collection } from '../collection.js';
import { webSocketApi } from '../web-socket.js';
import { conflict } from '../../api-gateway/words.js';
import { checkModelName, checkSchema } from '../../rest-api/model.js';

/** Models of WebSocket APIs. Messages are not validated with them. The rules and sentences are those of REST APIs [I]. */
export const modelOperations = collection({
  name: 'Model',
  rows: 'models',
  api: webSocketApi('Models'),
  check(api, { ModelId, Name, Schema: schema, ContentType: contentType = 'application/json' }) {
    checkModelName(Name);
    if ([...(api.models?.values() ?? [])].some((other) => other.Name === Name && other.ModelId !== ModelId)) {
      throw conflict('Model name already exists for this API');
    }
    checkSchema({ schema, contentType });
  },
});
