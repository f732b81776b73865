export { createIoredis } from './ioredis.js';
export { createNodeRedis } from './node-redis.js';
export { redisKind, redisServers } from './redis-kind.js';
