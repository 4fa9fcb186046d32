using System.Linq.Expressions;
using System.Reflection;

namespace AdminPortal.Tests.Simulation.Model;

/// <summary>
/// Every field of an object and of what it holds, private ones too, folded into one number. Read by reflection, so that a
/// field added to the domain later is covered without anybody thinking of it.
/// </summary>
internal sealed class Fingerprint
{
    private ulong _value = 14695981039346656037UL;

    public ulong Value => _value;

    public Fingerprint Add<T>(T part)
    {
        Mixer<T>.Mix(this, part);
        return this;
    }

    private void AddNumber(long number)
    {
        _value = (_value ^ (ulong)number) * 0x9E3779B97F4A7C15UL;
        _value ^= _value >> 29;
    }

    private void AddGuid(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes);
        AddNumber(BitConverter.ToInt64(bytes));
        AddNumber(BitConverter.ToInt64(bytes[8..]));
    }

    private void AddText(string? text)
    {
        AddNumber(text?.Length ?? -1);
        foreach (var c in text ?? "")
        {
            AddNumber(c);
        }
    }

    private void AddList<T>(IEnumerable<T>? list)
    {
        if (list is not IReadOnlyList<T> items)
        {
            AddNumber(-1);
            return;
        }
        AddNumber(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            Mixer<T>.Mix(this, items[i]);
        }
    }

    private void AddOptional<T>(T? value)
        where T : struct
    {
        AddNumber(value.HasValue ? 1 : 0);
        if (value is { } given)
        {
            Mixer<T>.Mix(this, given);
        }
    }

    // One compiled function per type: the simulator takes a fingerprint after every step.
    private static class Mixer<T>
    {
        public static readonly Action<Fingerprint, T> Mix = Build();

        private static Action<Fingerprint, T> Build()
        {
            var into = Expression.Parameter(typeof(Fingerprint));
            var value = Expression.Parameter(typeof(T));
            return Expression.Lambda<Action<Fingerprint, T>>(Body(into, value), into, value).Compile();
        }

        private static Expression Body(Expression into, Expression value)
        {
            var type = typeof(T);
            if (type == typeof(string))
            {
                return Call(nameof(AddText), into, value);
            }
            if (type == typeof(Guid))
            {
                return Call(nameof(AddGuid), into, value);
            }
            if (type == typeof(DateTimeOffset))
            {
                return Number(into, Expression.Property(value, nameof(DateTimeOffset.UtcTicks)));
            }
            if (type == typeof(DateOnly))
            {
                return Number(into, Expression.Property(value, nameof(DateOnly.DayNumber)));
            }
            if (type == typeof(bool))
            {
                return Number(into, Expression.Condition(value, Expression.Constant(1), Expression.Constant(0)));
            }
            if (type.IsEnum || type.IsPrimitive)
            {
                return Number(into, value);
            }
            if (Nullable.GetUnderlyingType(type) is { } optional)
            {
                return Expression.Call(into, Method(nameof(AddOptional)).MakeGenericMethod(optional), value);
            }
            if (ElementOf(type) is { } element)
            {
                return Expression.Call(into, Method(nameof(AddList)).MakeGenericMethod(element), value);
            }
            var fields = Fields(type).Select(field => Nested(into, Expression.Field(value, field), field.FieldType));
            var all = Expression.Block(fields.Append(Expression.Empty()));
            return type.IsValueType
                ? all
                : Expression.IfThenElse(
                    Expression.ReferenceEqual(value, Expression.Constant(null)),
                    Number(into, Expression.Constant(-1)),
                    all
                );
        }

        // Looked up when it runs, not when it is built: types may hold each other.
        private static Expression Nested(Expression into, Expression field, Type type) =>
            Expression.Call(into, typeof(Fingerprint).GetMethod(nameof(Add))!.MakeGenericMethod(type), field);

        private static IEnumerable<FieldInfo> Fields(Type type)
        {
            for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            {
                foreach (
                    var field in level.GetFields(
                        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                    )
                )
                {
                    yield return field;
                }
            }
        }

        private static Type? ElementOf(Type type) =>
            type.GetInterfaces()
                .Append(type)
                .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0];

        private static MethodCallExpression Number(Expression into, Expression value) =>
            Call(nameof(AddNumber), into, Expression.Convert(value, typeof(long)));

        private static MethodCallExpression Call(string method, Expression into, Expression value) =>
            Expression.Call(into, Method(method), value);

        private static MethodInfo Method(string name) =>
            typeof(Fingerprint).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
    }
}
