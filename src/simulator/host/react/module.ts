import type { Rendering } from './rendering.js';

type Callable = (...given: unknown[]) => unknown;

/**
 * What `import 'react'` gives: hooks that keep what they are given, and components that nobody renders but for the one that tasks belong to. What is not
 * here comes from outside.
 */
export function createReact(rendering: Rendering, outside: (name: string) => unknown): object {
  const { useState, useReducer, useRef, useMemo, useCallback, useEffect, useEffectEvent } = rendering;
  const own: Record<string, unknown> = {
    useState, useReducer, useRef, useMemo, useCallback, useEffect, useEffectEvent, useLayoutEffect: useEffect, useInsertionEffect: useEffect,
    useDebugValue: () => undefined, useImperativeHandle: () => undefined,
    useDeferredValue: (value: unknown) => value,
    useTransition: () => [false, (change: Callable) => change()], startTransition: (change: Callable) => change(),
    memo: (component: unknown) => component, forwardRef: (render: Callable) => (properties: unknown) => render(properties, null),
    createElement: (type: unknown, properties: unknown) => Object.freeze({ type, props: properties }),
  };
  const module: object = new Proxy(Object.freeze(own), {
    get: (target, key) => {
      if (key === '__esModule') return true;
      if (key === 'default') return module;
      if (typeof key === 'symbol' || key === 'then') return undefined;
      return Object.hasOwn(target, key) ? target[key] : outside(key);
    },
    has: (_target, key) => typeof key === 'string',
  });
  return module;
}
