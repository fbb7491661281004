package vini.forwarder.io;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.Signals;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * This process's signals. The JVM offers them in {@code sun.misc.Signal}, which is there (module
 * jdk.unsupported) but cannot be compiled against without a warning, so it is called by name. Some
 * signals are the JVM's own (QUIT, USR2 and those of its crashes), and KILL and STOP are nobody's.
 */
public final class ProcessSignals implements Signals.Outside {
    @Override
    public Runnable listen(String name, Runnable onSignal) throws ConfigException {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = type.getConstructor(String.class).newInstance(name);
            Method handle = type.getMethod("handle", type, handlerType);
            Object handler =
                    Proxy.newProxyInstance(
                            handlerType.getClassLoader(),
                            new Class<?>[] {handlerType},
                            (self, method, arguments) -> answer(self, method, arguments, onSignal));
            Object before = handle.invoke(null, signal, handler);
            return () -> giveBack(handle, signal, before);
        } catch (InvocationTargetException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new ConfigException("signal " + name + " cannot be caught: " + why.getMessage());
        } catch (ReflectiveOperationException e) {
            throw new ConfigException("this machine's Java cannot catch signals: " + e);
        }
    }

    private static Object answer(Object self, Method method, Object[] arguments, Runnable action) {
        return switch (method.getName()) {
            case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "a signal script";
            default -> {
                action.run();
                yield "";
            }
        };
    }

    private static void giveBack(Method handle, Object signal, Object before) {
        try {
            Object ignored = handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void kill(int process, int signal) throws HandlerException {
        try {
            ProcessCalls.kill(process, signal);
        } catch (LibcException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public int processId() {
        return ProcessCalls.getpid();
    }
}
