import { linkAccess, targetInternet } from '../cloud/checks/internet.js';
import { nacosSource } from '../cloud/checks/nacos-source.js';
import { targetServiceHealth } from '../cloud/checks/service-health.js';

/** What is judged of Cloud-native API Gateway alone. */
export const cloudNative = {
  /** By their ranks. */
  checks: { 230: linkAccess, 640: targetInternet, 650: targetServiceHealth, 655: nacosSource },
};
