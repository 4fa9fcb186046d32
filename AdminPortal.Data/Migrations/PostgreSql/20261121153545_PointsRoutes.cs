using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class PointsRoutes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_reduction_changes_reductions_round_id",
                table: "reduction_changes");

            migrationBuilder.DropPrimaryKey(
                name: "PK_reductions",
                table: "reductions");

            migrationBuilder.RenameColumn(
                name: "round_id",
                table: "reduction_changes",
                newName: "reduction_id");

            migrationBuilder.RenameIndex(
                name: "IX_reduction_changes_round_id_change_number",
                table: "reduction_changes",
                newName: "IX_reduction_changes_reduction_id_change_number");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "as_of",
                table: "violations",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateOnly>(
                name: "revoked_on",
                table: "violations",
                type: "date",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "round_id",
                table: "reductions",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<Guid>(
                name: "id",
                table: "reductions",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<Guid>(
                name: "attendance_id",
                table: "reductions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "surplus",
                table: "reductions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "points_before",
                table: "licences",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            // The key at the gateway stays what it was: the round's id.
            migrationBuilder.Sql("UPDATE reductions SET id = round_id;");
            migrationBuilder.Sql("UPDATE licences SET points_before = points;");

            migrationBuilder.AddPrimaryKey(
                name: "PK_reductions",
                table: "reductions",
                column: "id");

            migrationBuilder.CreateTable(
                name: "attendances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    authority = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    scheme_id = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    scheme_from = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    held_on = table.Column<DateOnly>(type: "date", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    exam_passed = table.Column<bool>(type: "boolean", nullable: false),
                    place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    points = table.Column<int>(type: "integer", nullable: true),
                    recorded_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_by_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    recorded_by_key = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    checked_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    checked_by_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decline_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attendances", x => x.id);
                    table.CheckConstraint("ck_attendances_checked", "(state = 'Recorded' AND checked_by_id IS NULL AND checked_at IS NULL) OR (state <> 'Recorded' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)");
                    table.CheckConstraint("ck_attendances_declined", "(state = 'Declined' AND decline_reason IS NOT NULL) OR (state <> 'Declined' AND decline_reason IS NULL)");
                    table.CheckConstraint("ck_attendances_maker_checker", "checked_by_id IS NULL OR checked_by_id <> recorded_by_id");
                    table.CheckConstraint("ck_attendances_points", "(state = 'Confirmed' AND points BETWEEN 1 AND 6) OR (state <> 'Confirmed' AND points IS NULL)");
                    table.ForeignKey(
                        name: "FK_attendances_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "penalty_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    violation_number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    points_before = table.Column<int>(type: "integer", nullable: false),
                    points_after = table.Column<int>(type: "integer", nullable: false),
                    surplus = table.Column<int>(type: "integer", nullable: false),
                    cycle_start = table.Column<DateOnly>(type: "date", nullable: true),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    noted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_penalty_changes", x => x.id);
                    table.CheckConstraint("ck_penalty_changes_points", "points_before <> points_after AND points_after >= 0 AND surplus >= 0 AND (surplus = 0 OR surplus <= points_before - points_after)");
                    table.ForeignKey(
                        name: "FK_penalty_changes_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_penalty_changes_violations_violation_number",
                        column: x => x.violation_number,
                        principalTable: "violations",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_reductions_attendance_id",
                table: "reductions",
                column: "attendance_id");

            migrationBuilder.CreateIndex(
                name: "IX_reductions_round_id",
                table: "reductions",
                column: "round_id",
                unique: true,
                filter: "round_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_reductions_route",
                table: "reductions",
                sql: "(round_id IS NOT NULL AND attendance_id IS NULL) OR (round_id IS NULL AND attendance_id IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_reductions_surplus",
                table: "reductions",
                sql: "surplus BETWEEN 0 AND points");

            migrationBuilder.CreateIndex(
                name: "IX_attendances_authority_recorded_at",
                table: "attendances",
                columns: new[] { "authority", "recorded_at" });

            migrationBuilder.CreateIndex(
                name: "ux_attendances_once",
                table: "attendances",
                columns: new[] { "driver_id", "kind", "held_on" },
                unique: true,
                filter: "state <> 'Declined'");

            migrationBuilder.CreateIndex(
                name: "IX_penalty_changes_driver_id",
                table: "penalty_changes",
                column: "driver_id");

            migrationBuilder.CreateIndex(
                name: "IX_penalty_changes_violation_number_as_of",
                table: "penalty_changes",
                columns: new[] { "violation_number", "as_of" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_reduction_changes_reductions_reduction_id",
                table: "reduction_changes",
                column: "reduction_id",
                principalTable: "reductions",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_reductions_attendances_attendance_id",
                table: "reductions",
                column: "attendance_id",
                principalTable: "attendances",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            Migrations.AppendOnly.GuardOnPostgreSql(migrationBuilder, "penalty_changes");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_reduction_changes_reductions_reduction_id",
                table: "reduction_changes");

            migrationBuilder.DropForeignKey(
                name: "FK_reductions_attendances_attendance_id",
                table: "reductions");

            migrationBuilder.DropTable(
                name: "attendances");

            migrationBuilder.DropTable(
                name: "penalty_changes");

            migrationBuilder.DropPrimaryKey(
                name: "PK_reductions",
                table: "reductions");

            migrationBuilder.DropIndex(
                name: "IX_reductions_attendance_id",
                table: "reductions");

            migrationBuilder.DropIndex(
                name: "IX_reductions_round_id",
                table: "reductions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_reductions_route",
                table: "reductions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_reductions_surplus",
                table: "reductions");

            migrationBuilder.DropColumn(
                name: "as_of",
                table: "violations");

            migrationBuilder.DropColumn(
                name: "revoked_on",
                table: "violations");

            migrationBuilder.DropColumn(
                name: "id",
                table: "reductions");

            migrationBuilder.DropColumn(
                name: "attendance_id",
                table: "reductions");

            migrationBuilder.DropColumn(
                name: "surplus",
                table: "reductions");

            migrationBuilder.DropColumn(
                name: "points_before",
                table: "licences");

            migrationBuilder.RenameColumn(
                name: "reduction_id",
                table: "reduction_changes",
                newName: "round_id");

            migrationBuilder.RenameIndex(
                name: "IX_reduction_changes_reduction_id_change_number",
                table: "reduction_changes",
                newName: "IX_reduction_changes_round_id_change_number");

            migrationBuilder.AlterColumn<Guid>(
                name: "round_id",
                table: "reductions",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "PK_reductions",
                table: "reductions",
                column: "round_id");

            migrationBuilder.AddForeignKey(
                name: "FK_reduction_changes_reductions_round_id",
                table: "reduction_changes",
                column: "round_id",
                principalTable: "reductions",
                principalColumn: "round_id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
