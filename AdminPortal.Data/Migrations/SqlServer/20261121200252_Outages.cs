using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Outages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "outage_id",
                table: "round_steps",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "lost_seconds",
                table: "round_deadlines",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "outage_id",
                table: "face_checks",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "outage_id",
                table: "exam_attempts",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "outages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    part = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    begins_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    driver_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    state = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    declared_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    declared_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    declared_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    declared_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    checked_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    checked_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    decline_reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outages", x => x.id);
                    table.CheckConstraint("ck_outages_checked", "(state = 'Declared' AND checked_by_id IS NULL AND checked_at IS NULL) OR (state <> 'Declared' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)");
                    table.CheckConstraint("ck_outages_completed", "completed_at IS NULL OR state = 'Confirmed'");
                    table.CheckConstraint("ck_outages_declined", "(state = 'Declined' AND decline_reason IS NOT NULL) OR (state <> 'Declined' AND decline_reason IS NULL)");
                    table.CheckConstraint("ck_outages_maker_checker", "checked_by_id IS NULL OR checked_by_id <> declared_by_id");
                    table.CheckConstraint("ck_outages_span", "ends_at > begins_at");
                    table.ForeignKey(
                        name: "FK_outages_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "outage_authorities",
                columns: table => new
                {
                    outage_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    authority = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outage_authorities", x => new { x.outage_id, x.authority });
                    table.ForeignKey(
                        name: "FK_outage_authorities_outages_outage_id",
                        column: x => x.outage_id,
                        principalTable: "outages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "outage_effects",
                columns: table => new
                {
                    outage_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    round_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    reckoned_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    is_hit = table.Column<bool>(type: "bit", nullable: false),
                    voided = table.Column<int>(type: "int", nullable: false),
                    discounted = table.Column<int>(type: "int", nullable: false),
                    seconds_restored = table.Column<int>(type: "int", nullable: false),
                    act = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    window_kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    end_before = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    end_after = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    left_because = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outage_effects", x => new { x.outage_id, x.round_id });
                    table.ForeignKey(
                        name: "FK_outage_effects_outages_outage_id",
                        column: x => x.outage_id,
                        principalTable: "outages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_outage_effects_rounds_round_id",
                        column: x => x.round_id,
                        principalTable: "rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_rounds_authority_opened_at",
                table: "rounds",
                columns: new[] { "authority", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "IX_round_steps_outage_id",
                table: "round_steps",
                column: "outage_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_round_deadlines_lost",
                table: "round_deadlines",
                sql: "lost_seconds >= 0");

            migrationBuilder.CreateIndex(
                name: "IX_face_checks_outage_id",
                table: "face_checks",
                column: "outage_id");

            migrationBuilder.CreateIndex(
                name: "IX_exam_attempts_outage_id",
                table: "exam_attempts",
                column: "outage_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_exam_attempts_outage",
                table: "exam_attempts",
                sql: "outage_id IS NULL OR (state = 'Annulled' AND attempt_number = 0)");

            migrationBuilder.CreateIndex(
                name: "IX_outage_effects_round_id",
                table: "outage_effects",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "IX_outages_declared_at",
                table: "outages",
                column: "declared_at");

            migrationBuilder.CreateIndex(
                name: "IX_outages_driver_id",
                table: "outages",
                column: "driver_id");

            migrationBuilder.CreateIndex(
                name: "ix_outages_to_apply",
                table: "outages",
                column: "checked_at",
                filter: "state = 'Confirmed' AND completed_at IS NULL");

            migrationBuilder.AddForeignKey(
                name: "FK_exam_attempts_outages_outage_id",
                table: "exam_attempts",
                column: "outage_id",
                principalTable: "outages",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_face_checks_outages_outage_id",
                table: "face_checks",
                column: "outage_id",
                principalTable: "outages",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_round_steps_outages_outage_id",
                table: "round_steps",
                column: "outage_id",
                principalTable: "outages",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_exam_attempts_outages_outage_id",
                table: "exam_attempts");

            migrationBuilder.DropForeignKey(
                name: "FK_face_checks_outages_outage_id",
                table: "face_checks");

            migrationBuilder.DropForeignKey(
                name: "FK_round_steps_outages_outage_id",
                table: "round_steps");

            migrationBuilder.DropTable(
                name: "outage_authorities");

            migrationBuilder.DropTable(
                name: "outage_effects");

            migrationBuilder.DropTable(
                name: "outages");

            migrationBuilder.DropIndex(
                name: "IX_rounds_authority_opened_at",
                table: "rounds");

            migrationBuilder.DropIndex(
                name: "IX_round_steps_outage_id",
                table: "round_steps");

            migrationBuilder.DropCheckConstraint(
                name: "ck_round_deadlines_lost",
                table: "round_deadlines");

            migrationBuilder.DropIndex(
                name: "IX_face_checks_outage_id",
                table: "face_checks");

            migrationBuilder.DropIndex(
                name: "IX_exam_attempts_outage_id",
                table: "exam_attempts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_exam_attempts_outage",
                table: "exam_attempts");

            migrationBuilder.DropColumn(
                name: "outage_id",
                table: "round_steps");

            migrationBuilder.DropColumn(
                name: "lost_seconds",
                table: "round_deadlines");

            migrationBuilder.DropColumn(
                name: "outage_id",
                table: "face_checks");

            migrationBuilder.DropColumn(
                name: "outage_id",
                table: "exam_attempts");
        }
    }
}
