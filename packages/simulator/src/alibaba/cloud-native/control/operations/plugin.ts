import { apigFamily, page, type PageRequest, flag, PAGE, text } from '../request/parameters.js';

/** Plug-ins, as far as they are listed. */
export const pluginOperations = apigFamily({
  ListPlugins: {
    parameters: {
      attachResourceId: text,
      attachResourceType: text,
      gatewayId: text,
      gatewayType: text,
      includeBuiltinAiGateway: flag,
      pluginClassId: text,
      pluginClassName: text,
      withAttachmentInfo: flag,
      ...PAGE,
    },
    run: (_call, asked: PageRequest) => page([], asked),
  },
});
